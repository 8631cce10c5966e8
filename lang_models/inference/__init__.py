"""Our own inference over fastText's model files: whole batches, without Python's lock.

`reader` turns a file into arrays, `hidden` turns lines into vectors, `output` turns vectors into
labels. What is computed is what fastText computes (Joulin et al. 2016, arXiv:1607.01759 and
arXiv:1612.03651); the order of summation is our own and fixed, so that a line gets the same
bytes whatever batch it is in and on whatever processor.
"""
