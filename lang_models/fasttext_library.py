"""The fastText library, and the only module that imports it.

It trains models, and it is the referee of `lang_models.inference` in the tests. Telling
languages does without it.
"""

from types import ModuleType


def library() -> ModuleType:
    """The module `fasttext`, imported when it is first asked for (about half a second)."""
    import fasttext  # noqa: PLC0415  half a second that most commands do not need

    return fasttext
