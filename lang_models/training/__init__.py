"""Training of language models from labelled text, and adding languages to a trained one."""
