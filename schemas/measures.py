"""Names of the quality measures, in the order in which they stand in the corpus."""

MEASURES: tuple[str, ...] = ("word_count_words",)
