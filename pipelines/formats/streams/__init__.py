"""Bytes below the formats: unpacking, lines, rows and WARC records, all in bounded memory."""
