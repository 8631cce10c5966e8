"""Pages as the web has them: a text between menus, in whatever language the site was made."""

import random

MENUS: dict[str, tuple[str, ...]] = {
    "eng": (
        "Home", "News", "About us", "Contact", "Sign in", "Register", "Search this site",
        "Privacy policy", "Terms of use", "Cookie settings", "Share this page", "Read more",
        "Latest articles", "Most popular", "Subscribe to our newsletter", "Sports", "Business",
        "Weather", "Opinion", "Video", "Photo gallery", "Back to top", "Accessibility",
        "Site map", "Follow us", "Advertise with us", "Careers", "Help centre",
        "All rights reserved", "Leave a comment", "Related stories", "Previous", "Next",
        "Print this page", "Download the app", "Categories", "Archives", "Tags", "Your account",
    ),
    "fra": (
        "Accueil", "Actualités", "À propos", "Nous contacter", "Se connecter", "S’inscrire",
        "Rechercher sur le site", "Politique de confidentialité", "Conditions d’utilisation",
        "Gérer les cookies", "Partager cette page", "Lire la suite", "Derniers articles",
        "Les plus lus", "S’abonner à la lettre", "Sports", "Économie", "Météo", "Opinions",
        "Vidéos", "Galerie de photos", "Haut de page", "Accessibilité", "Plan du site",
        "Suivez-nous", "Publicité", "Offres d’emploi", "Centre d’aide", "Tous droits réservés",
        "Laisser un commentaire", "Sur le même sujet", "Précédent", "Suivant",
        "Imprimer la page", "Télécharger l’application", "Rubriques", "Archives", "Mots-clés",
    ),
}  # fmt: skip
_ABOVE_SHARE = 0.7


def framed(body: str, items: tuple[str, ...], ratio: float, draw: random.Random) -> str:
    """The body between menus that have `ratio` times its characters, most of them above it."""
    menu: list[str] = []
    chars = 0
    while chars < ratio * len(body):
        menu.append(draw.choice(items))
        chars += len(menu[-1])
    above = int(len(menu) * _ABOVE_SHARE)
    return "\n".join([*menu[:above], body, *menu[above:]])
