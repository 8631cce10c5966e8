"""What the pages count and look up, as plain values: no sentence, no markup, no order of a page."""
