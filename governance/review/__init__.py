"""The human reading round: a sample drawn by lot, pages to read it offline, and its results."""
