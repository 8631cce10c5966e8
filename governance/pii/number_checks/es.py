"""Spain: the social security number (NUSS, NAF).

Province, eight digits, two to check by 97; numbers below ten million are checked without their
leading zeros.

Source: E. Martínez Montejo, "Dígito de Control de un Número de Seguridad Social" (2010), after
the rules of the Tesorería General de la Seguridad Social.
"""


def is_social_security(number: str) -> bool:
    """Whether the last two digits are right.

    >>> is_social_security("281234567840"), is_social_security("281234567841")
    (True, False)
    """
    province, order = int(number[:2]), int(number[2:10])
    joined = province * 10**7 + order if order < 10**7 else int(number[:10])
    return 1 <= province <= 66 and joined % 97 == int(number[10:])
