"""The bytes of a page without its tags, scripts, styles and comments."""

_COMMENT_END = b"-->"
#: What hides all text, and what ends it.
_HIDING = ((b"!--", _COMMENT_END), (b"script", b"/script"), (b"style", b"/style"))


def without_markup(raw: bytes) -> bytes:
    r"""What of a page is text, roughly; it takes one pass, whatever the page holds.

    >>> without_markup(b"<p>caf\xe9 <!-- no <b> -->au <script>a<b</script>lait").split()
    [b'caf\xe9', b'au', b'lait']
    """
    first, *parts = raw.split(b"<")
    kept = [first]
    hidden_to = b""
    for part in parts:
        start = part[:8].lower()
        if not hidden_to:
            hidden_to = next((end for begin, end in _HIDING if start.startswith(begin)), b"")
        if hidden_to == _COMMENT_END:
            _, end, visible = part.partition(_COMMENT_END)
            is_over = bool(end)
        else:
            is_over = start.startswith(hidden_to)
            visible = part.partition(b">")[2]
        if is_over:
            hidden_to = b""
            kept.append(visible)
    return b" ".join(kept)
