"""Faults thrown at a run: `make chaos`."""
