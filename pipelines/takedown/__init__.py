"""The work of a takedown: finding the documents, writing the releases again, proving it."""
