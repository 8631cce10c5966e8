"""Bangladesh: the long national identity number of seventeen digits.

Year of birth, two of the district, one of the kind of place, four of the place, six of the
order. It was given to voters until 2016; later numbers have ten digits and say nothing.

Source: National ID card, Daffodil International University forum, 2015-02, and maxbangla.com,
Meaning of the Bangladesh national ID number (read 2026-11); no authority publishes it.
"""


def is_long_nid(number: str) -> bool:
    """Whether a voter of the years before 2016 could have it.

    Later years of birth are left out: 20241231235959123 is a time.

    >>> is_long_nid("19901234567000001"), is_long_nid("20241231235959123")
    (True, False)
    """
    return 1900 <= int(number[:4]) <= 2000 and number[4:6] <= "94" and number[6] in "123459"
