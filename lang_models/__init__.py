"""What we know of languages: how to tell them apart, read them and judge their text."""
