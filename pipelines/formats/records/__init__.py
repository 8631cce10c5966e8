"""From what stands in a file to a record: named fields, pages, payloads of web archives."""
