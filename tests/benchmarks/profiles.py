"""Measures what the profiles are worth: on text they were not made from, and between sources.

usage: python -m tests.benchmarks.profiles held-out TAGS TEXT… [--language KEY]
       python -m tests.benchmarks.profiles sources TAGS TEXT… [--language KEY]
       python -m tests.benchmarks.profiles drift TAGS TEXT… [--language KEY]

`held-out` calibrates each language on four fifths of the text, then screens the other fifth and
junk made of it. `sources` compares the ends of measures between languages on the same source and
between sources in the same language. `drift` tells how far the sources of a language lie from
one another, as a run would see it.
"""

import argparse
import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from lang_models import profile, quality
from lang_models.calibrate import Aim, as_yaml, calibrate, sample
from lang_models.calibrate.aim import ENOUGH_FOR_QUANTILES
from lang_models.calibrate.measured import OF_WORDS, PIECE_WORDS, measure
from lang_models.calibrate.pieces import pieces
from lang_models.calibrate.tolerance import tolerance_limit
from lang_models.identify import Identifier
from lang_models.quality import RULES, gopher_quality
from lang_models.reference import QUANTILES, Neighbours
from lang_models.tokens import tokenise
from lang_models.writing import UNSPACED_CODES
from pipelines.reference_text import languages, of_language, read_texts

DAY = "2026-11-25"
AIM = Aim(DAY)
NOBODY = Neighbours(tags={}, source=f"Not measured here, {DAY}")
FIFTH = 5
MANY = 10  # languages of a source that make a median
MOST = 400
APPLIES = {rule.measure: rule.applies for rule in RULES}
#: Lengths are what they are; a long document has more different stop words than a short one.
NOT_COMPARED = ("length_words", "stop_words", "lorem_ipsum_count")
PIECE = ("length_words", PIECE_WORDS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("held-out", "sources", "drift"))
    parser.add_argument("tags")
    parser.add_argument("text", nargs="+")
    parser.add_argument("--language")
    chosen = parser.parse_args()
    rows = read_texts(chosen.text, unit="file", text_key="text", language_key=chosen.language)
    tags = languages(rows) if chosen.tags == "all" else chosen.tags.split(",")
    identifier = Identifier.load()
    samples = {tag: sample.choose(tag, of_language(rows, tag), identifier) for tag in tags}
    {"held-out": _held_out, "sources": _sources, "drift": _drift}[chosen.what](samples)


# Held-out text.


def _held_out(samples: dict[str, sample.Sample]) -> None:
    kept = {tag: _part(one, held_out=False) for tag, one in samples.items()}
    tried = {tag: _part(one, held_out=True) for tag, one in samples.items()}
    good = {tag: _documents(tag, one.text) for tag, one in tried.items()}
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for common in ("_default", "_characters"):
            shutil.copy(profile.FOLDER / f"{common}.yaml", folder)
        _use(folder)
        for tag in samples:
            rows += [(tag, "before", *row) for row in _tried(tag, good)]
        for tag, one in kept.items():
            draft = calibrate(one, NOBODY, None, AIM)
            (folder / f"{tag}.yaml").write_text(as_yaml(draft.profile), encoding="utf-8")
        _use(folder)
        for tag in samples:
            rows += [(tag, "after", *row) for row in _tried(tag, good)]
    columns = ["tag", "when", "what", "documents", "removed", "by_language"]
    _tell(pl.DataFrame(rows, schema=columns, orient="row"))


def _part(one: sample.Sample, *, held_out: bool) -> sample.Sample:
    place = pl.int_range(pl.len()).over("source") % FIFTH == 0
    return sample.Sample(one.tag, one.text.filter(place if held_out else ~place), {})


def _use(folder: Path) -> None:
    profile.FOLDER = folder
    for cached in (profile.load, profile.common, gopher_quality._stop_table):
        cached.cache_clear()


def _documents(tag: str, text: pl.DataFrame) -> list[str]:
    """Held-out text as it may come: short documents, and whole ones where there are some."""
    least = 20 if _is_unspaced(tag) else 10
    short = pieces(text, least)["text"]
    long = text.filter(pl.col("text").str.len_chars() >= 600)["text"]
    chance = random.Random(1)
    drawn = [sorted(chance.sample(range(len(one)), min(MOST, len(one)))) for one in (short, long)]
    return [*short.gather(drawn[0]), *long.gather(drawn[1])]


def _tried(tag: str, good: dict[str, list[str]]) -> Iterator[tuple[str, int, int, int]]:
    chance = random.Random(tag)
    others = [text for other in sorted(good) if _is_other(tag, other) for text in good[other][-40:]]
    english = good.get("eng_Latn", [])[-MOST:]
    long = [text for text in good[tag] if len(text) >= 300]
    kinds = {
        "good": good[tag],
        "other language, same script": [text for text in others if len(text) >= 400][:MOST],
        "English": [text for text in english if len(text) >= 400] if tag != "eng_Latn" else [],
        "words a line": [_listed(text, chance) for text in long[-MOST:]],
        "a line over and over": [_repeated(text) for text in long[-MOST:]],
        "spaces lost": [] if _is_unspaced(tag) else [_joined(text) for text in long[-MOST:]],
        "letters spaced": [] if _is_unspaced(tag) else [_spelt(text) for text in long[-MOST:]],
    }
    for what, texts in kinds.items():
        if texts:
            yield (what, len(texts), *_removed(tag, texts))


def _is_other(tag: str, other: str) -> bool:
    return other[4:] == tag[4:] and other[:3] != tag[:3]


def _is_unspaced(tag: str) -> bool:
    return tag[4:] in UNSPACED_CODES


def _removed(tag: str, texts: list[str]) -> tuple[int, int]:
    text = pl.Series(texts)
    tags = pl.Series([tag]).new_from_index(0, len(texts))
    verdicts = quality.screen(quality.measure(text, tokenise(text), tags), tags)["rule"]
    own = verdicts.is_in(["short-words", "long-words", "few-stop-words"])
    return len(texts) - verdicts.null_count(), int(own.sum() or 0)


def _listed(text: str, chance: random.Random) -> str:
    words = text.split() if " " in text else list(text)
    return "\n".join(chance.sample(words, min(40, len(words))))


def _repeated(text: str) -> str:
    lines = [line for line in text.replace(". ", ".\n").split("\n") if line.strip()][:2]
    return "\n".join(lines * 8)


def _joined(text: str) -> str:
    return "\n".join("".join(line.split()) for line in text.split("\n"))


def _spelt(text: str) -> str:
    return " ".join(text.replace(" ", ""))[:2000]


def _tell(table: pl.DataFrame) -> None:
    script = pl.col("tag").str.slice(4).alias("script")
    sums = (
        table.with_columns(script)
        .group_by("script", "what", "when")
        .agg(pl.col("tag").n_unique(), pl.col("documents").sum(), pl.col("removed").sum(),
             pl.col("by_language").sum())
        .with_columns((100 * pl.col("removed") / pl.col("documents")).alias("share"),
                      (100 * pl.col("by_language") / pl.col("documents")).alias("own"))
    )  # fmt: skip
    for what in table["what"].unique(maintain_order=True):
        one = sums.filter(pl.col("what") == what)
        wide = one.pivot(on="when", index=["script", "tag", "documents"], values=["share", "own"])
        print(f"\n{what}: % removed before and after, and by the rules on words and stop words\n")
        print("| script | languages | documents | before | after | by those rules before | after |")
        print("|---|---|---|---|---|---|---|")
        for row in wide.sort("script").iter_rows(named=True):
            shares = (row["share_before"], row["share_after"], row["own_before"], row["own_after"])
            cells = " | ".join(f"{share:.1f}" for share in shares)
            print(f"| {row['script']} | {row['tag']} | {row['documents']:,} | {cells} |")
    worst = (
        table.filter((pl.col("what") == "good") & (pl.col("when") == "after"))
        .with_columns((100 * pl.col("by_language") / pl.col("documents")).alias("own"))
        .sort("own", descending=True)
    )
    print("\nlanguages that lose most good text by those rules:")
    for row in worst.head(12).iter_rows(named=True):
        print(f"{row['tag']} {row['own']:.2f} % of {row['documents']}")


# Between sources.


def _sources(samples: dict[str, sample.Sample]) -> None:
    """How far the end of each measure lies apart, by language and by source."""
    ends = []
    for tag, one in samples.items():
        measured = measure(one, profile.common("spaces"))
        for rule in RULES:
            if rule.measure in NOT_COMPARED or _is_unspaced(tag):
                continue
            for source, values in measured.values(rule).items():
                end = tolerance_limit(values, rule.side, AIM.share, AIM.confidence)
                if end:
                    ends.append((rule.limit, tag, source, end))
    table = pl.DataFrame(ends, schema=["limit", "tag", "source", "end"], orient="row")
    print("| limit | languages on one source: furthest from their median | sources: medians |")
    print("|---|---|---|")
    for (limit,), part in table.group_by("limit", maintain_order=True):
        many = part.filter(pl.len().over("source") >= MANY)
        ratio = pl.col("end") / pl.col("end").median().over("source")
        apart = many.select(pl.max_horizontal(ratio, 1 / ratio).max()).item()
        medians = part.group_by("source").agg(pl.col("end").median())["end"]
        if apart is not None:
            ends_of = f"{medians.min():.3g} to {medians.max():.3g}"
            print(f"| {limit} | {apart:.1f} times, {len(many)} pairs | {ends_of}, {len(medians)} |")


def _drift(samples: dict[str, sample.Sample]) -> None:
    """Each source as if it were a run, held against a reference made of the others."""
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for tag, one in samples.items():
        measured = measure(one, profile.common("spaces"))
        for name, own in APPLIES.items():
            if name in NOT_COMPARED:
                continue
            of_words = name in OF_WORDS
            applies = PIECE if of_words else own
            runs = _by_source(measured.documents, name, applies)
            known = _by_source(measured.pieces, name, applies) if of_words else runs
            for source, values in runs.items():
                others = [part[:299] for key, part in known.items() if key != source]
                if others:
                    distance = _distance(np.concatenate(others), values)
                    found[name].append((distance, f"{tag} {source}"))
    print("| measure | pairs | half below | 95 % below | greatest | where |")
    print("|---|---|---|---|---|---|")
    for name, pairs in found.items():
        distances = np.array([distance for distance, _ in pairs])
        cells = " | ".join(f"{value:.2f}" for value in np.quantile(distances, (0.5, 0.95, 1)))
        print(f"| {name} | {len(pairs)} | {cells} | {max(pairs)[1]} |")


def _by_source(frame: pl.DataFrame, name: str, applies: tuple[str, float]) -> dict[str, np.ndarray]:
    column, least = applies
    own = frame.filter((pl.col(column) >= least) & pl.col(name).is_not_null())
    return {
        str(source): part[name].to_numpy()
        for (source,), part in own.group_by("source", maintain_order=True)
        if len(part) >= ENOUGH_FOR_QUANTILES
    }


def _distance(reference: np.ndarray, values: np.ndarray) -> float:
    at = np.quantile(reference, QUANTILES, method="inverted_cdf")
    ordered = np.sort(values)
    shares = np.array(QUANTILES)
    up_to = np.searchsorted(ordered, at, side="right") / len(ordered)
    below = np.searchsorted(ordered, at, side="left") / len(ordered)
    return float(max(np.max(shares - up_to), np.max(below - shares), 0))


if __name__ == "__main__":
    main()
