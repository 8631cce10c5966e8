"""What `segments` counts besides the segments, by column; a module that imports nothing."""

#: Letters; numbers; words, as runs of letters; letters of scripts that do not part words by
#: spaces; runs of words between line feeds, punctuation and other signs; signs of program code;
#: letters and digits of stretches as in keys and base64.
LETTERS, DIGITS, WORDS, SOLOS, RUNS, CODE, ENCODED = range(7)
NAMES = ("letters", "digits", "words", "solos", "runs", "code", "encoded")
SIGNS = len(NAMES)
