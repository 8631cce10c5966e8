"""Which language each row of labelled text claims, as a tag."""

from pathlib import Path

import polars as pl

from lang_models.claims import claimed_tag
from lang_models.labelled.kinds import FIELDS
from lang_models.profile import is_tag
from schemas.errors import InputError

#: In ISO 639-3 since 2022 (Toki Pona) and 2024 (Interslavic); langcodes' registry is older.
_NEWER = ("tok", "isv")


def told(rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """The rows whose language is told, with its tag.

    Args:
        rows: `line`, `text` and those of `tag`, `lang`, `script` that the file has.
        path: of the file, for the message.

    Raises:
        InputError: one is no language; names the line.
    """
    absent = [pl.lit(None, pl.String).alias(name) for name in FIELDS if name not in rows.columns]
    rows = rows.with_columns(absent).with_columns(claim=pl.coalesce("tag", "lang"))
    rows = rows.filter(pl.col("claim").is_not_null() & (pl.col("claim") != ""))
    claims = rows.select("claim", "script").unique()
    tags = claims.with_columns(
        known=pl.Series([_tag(*claim) for claim in claims.iter_rows()], dtype=pl.String)
    )
    rows = rows.join(tags, on=["claim", "script"], how="left", nulls_equal=True).sort("line")
    unknown = rows.filter(pl.col("known").is_null())
    if len(unknown):
        line, claim = unknown.select("line", "claim").row(0)
        raise InputError(
            f"{path}:{line}: {claim[:20]!r} is no language that ISO 639 and ISO 15924 know; write"
            " it as swh_Latn, or take a code from qaa to qtz for a language without one"
        )
    return rows.drop("tag").rename({"known": "tag"})


def _tag(claim: str, script: str | None) -> str | None:
    """The tag of a claim; None where it is no language.

    Args:
        claim: a code or a tag.
        script: of the text, where that is told apart; what is no ISO 15924 code is passed over.

    >>> _tag("sw", None), _tag("uzb", "Cyrl"), _tag("qaa_Latn", None), _tag("xxx_Latn", None)
    ('swh_Latn', 'uzn_Cyrl', 'qaa_Latn', None)
    """
    is_bare = script is not None and not is_tag(claim) and _is_script(script)
    tag = claimed_tag(f"{claim}-{script}" if is_bare else claim)
    return tag if tag and _is_language(tag[:3]) and _is_script(tag[4:]) else None


def _is_language(code: str) -> bool:
    from langcodes import Language  # noqa: PLC0415  0.1 s

    return code in _NEWER or (code != "und" and Language.get(code).is_valid())


def _is_script(code: str) -> bool:
    from langcodes.data_dicts import ALL_SCRIPTS  # noqa: PLC0415

    return code in ALL_SCRIPTS
