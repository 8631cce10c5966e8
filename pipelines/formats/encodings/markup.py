"""The bytes of a page without its tags, scripts, styles and comments."""

_HIDING = ((b"!--", b"--"), (b"script", b"/script"), (b"style", b"/style"))


def without_markup(raw: bytes) -> bytes:
    """What of a page is text, roughly; it takes one pass, whatever the page holds.

    >>> without_markup(b"<p class=x>caf\\xe9<!-- no <b> --> <script>a<b</script>au lait")
    b' caf\\xe9    au lait'
    """
    kept: list[bytes] = []
    hidden_to = b""
    for number, part in enumerate(raw.split(b"<")):
        if not number:
            kept.append(part)
            continue
        if not hidden_to:
            start = part[:8].lower()
            hidden_to = next((end for begin, end in _HIDING if start.startswith(begin)), b"")
        if hidden_to == b"--":
            hidden_to, part = _after_comment(part)
        elif hidden_to:
            hidden_to = b"" if part[:8].lower().startswith(hidden_to) else hidden_to
            part = b"" if hidden_to else part
        kept.append(b"" if hidden_to else part.partition(b">")[2])
    return b" ".join(kept)


def _after_comment(part: bytes) -> tuple[bytes, bytes]:
    """Whether the comment goes on behind this part, and the rest of the part."""
    _, end, rest = part.partition(b"-->")
    return (b"", b">" + rest) if end else (b"--", b"")
