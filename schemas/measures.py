"""Names of the quality measures, in the order in which they stand in the corpus.

They are here because the schema of the corpus needs them; what each one means and how it is
measured stands in `lang_models/quality`, and a test holds the two lists to each other.
"""

MEASURES: tuple[str, ...] = (
    "length_words",
    "length_chars",
    "length_lines",
    "mean_word_chars",
    "lettered_word_share",
    "stop_words",
    "symbols_per_word",
    "bullet_line_share",
    "ellipsis_line_share",
    "duplicate_line_share",
    "duplicate_line_char_share",
    "duplicate_paragraph_share",
    "duplicate_paragraph_char_share",
    "top_2gram_char_share",
    "top_3gram_char_share",
    "top_4gram_char_share",
    "duplicate_5gram_char_share",
    "duplicate_6gram_char_share",
    "duplicate_7gram_char_share",
    "duplicate_8gram_char_share",
    "duplicate_9gram_char_share",
    "duplicate_10gram_char_share",
    "lorem_ipsum_count",
    "curly_bracket_share",
    "javascript_line_share",
    "sentence_line_share",
    "short_line_share",
    "line_breaks_per_word",
)
