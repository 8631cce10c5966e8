"""What things are: the shapes of settings, cards, policies, documents and decisions."""
