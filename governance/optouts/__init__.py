"""Opt-outs: what rightholders reserve, read from files, archives and pages, and honoured.

`protocols/` has one module for each way to say no; `judge` puts their answers together.
Nothing is imported here: the formats read signals and must load without tables.
"""
