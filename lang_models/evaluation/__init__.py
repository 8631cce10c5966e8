"""How well a model tells languages: rates with intervals, confusions, what a score is worth."""
