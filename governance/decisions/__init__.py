"""Decisions of stewards: files that come from a report, and what a release keeps of them."""
