"""The kinds of anchor that the prefilter marks, as bits of a window's `kinds`.

AT: an at sign, plain, full-width, percent-encoded or spelled, with a name after it.
NUMBER: six digits or more close together, or a word of letters and four digits.
ADDRESS: four numbers with dots between, or the first group of a public IPv6 address.
"""

AT, NUMBER, ADDRESS = 1, 2, 4
