"""Proof that personal data is found and gone: measured, planted, looked for again.

gold, values, scores, evaluation   how much the recognisers find, and how much is none
planting                           invented values in real text
scan                               a look through everything that was written
"""
