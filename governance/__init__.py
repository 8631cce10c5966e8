"""What is allowed and what is proven: rights, keys, personal data, validation, reports."""
