"""Decisions on a report: what they would change, and how they are written down."""
