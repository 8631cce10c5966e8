"""The kinds of anchor that the prefilter marks, as bits of a window's `kinds`.

AT: an at sign, plain, full-width, percent-encoded or spelled, with a name after it.
NUMBER: six digits or more close together, or a word of letters and four digits.
ADDRESS: four numbers with dots between, the first group of a public IPv6 address, or
four groups of two hexadecimal digits.
KEY: sixteen letters and digits in one word, or the first line of a private key.
PLACE: two fractions with a comma between, or a degree sign after a digit.
CUED: any digits, or an at sign, with a cue word of `cues.SHORT_KINDS` up to two words before.
"""

AT, NUMBER, ADDRESS, KEY, PLACE, CUED = 1, 2, 4, 8, 16, 32
