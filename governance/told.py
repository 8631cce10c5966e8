"""The story of one document in plain sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from governance.tongues import tongue
from schemas.decision import QUARANTINED, RELEASED

if TYPE_CHECKING:
    from governance.explain import Explanation


def sentences(found: "Explanation") -> Iterator[str]:
    """What became of a document, where it is from, and what is known of it."""
    row = found.row
    decision = row["decision"] or {}
    yield f"Document {row['doc_id']}, in {found.path}."
    yield from _outcome(decision, found)
    yield _origin(row["source"] or {})
    yield from _language(row["language"] or {})
    yield from _text(row["provenance"] or {})
    yield _privacy(row["privacy"] or [], decision)
    yield _rights(row["rights"] or {}, row["source"] or {})
    yield from _copies(found)
    yield from _overlaps(found)
    if found.is_masked:
        yield "What you asked for holds personal data; it was found by its masked form."


def _outcome(decision: dict[str, Any], found: "Explanation") -> Iterator[str]:
    outcome, stage, rule = (decision.get(name) for name in ("outcome", "stage", "rule"))
    if outcome == RELEASED:
        yield "It was released: no rule spoke against it."
        return
    verb = "put into quarantine" if outcome == QUARANTINED else "removed"
    yield f"It was {verb} at the stage {stage}, by the rule {rule}."
    if decision.get("kept_doc_id"):
        yield _copy(decision, found.kept_in)
    elif decision.get("measure") is not None:
        limit = decision.get("limit")
        held = f"; the limit is {limit:.4g}" if limit is not None else ""
        yield f"Measured: {decision['measure']:.4g}{held}."
    if found.limit_source:
        yield f"The limit is from: {found.limit_source.rstrip('.')}."


def _copy(decision: dict[str, Any], kept_in: str | None) -> str:
    similarity, limit = decision.get("similarity"), decision.get("limit")
    where = f"in {kept_in}" if kept_in else "in an earlier release"
    alike = "is not stated" if similarity is None else f"is {similarity:.4g}"
    held = f", the threshold {limit:.4g}" if limit is not None else ""
    kept = f"Document {decision['kept_doc_id']} was kept instead, {where}"
    return f"{kept}; their similarity {alike}{held}."


def _origin(source: dict[str, Any]) -> str:
    told = f"It is from the source {source.get('id')}, {source.get('uri')}"
    if source.get("offset") is not None:
        told += f", at {source['offset']}"
    if source.get("native_id"):
        told += f", where it is called {source['native_id']}"
    return told + "."


def _language(language: dict[str, Any]) -> Iterator[str]:
    tag, score = language.get("tag"), language.get("score")
    if tag is None:
        yield "No language was called: it was not read as text, or not admitted."
        return
    told = f"Language: {tongue(tag).name} ({tag})"
    told += f", score {score:.2f}" if score is not None else ""
    if language.get("second"):
        told += f"; next {tongue(language['second']).name} ({language['second']})"
        if language.get("second_score") is not None:
            told += f", {language['second_score']:.2f}"
    yield f"{told}; by {language.get('model')}."
    if language.get("undetermined"):
        yield f"No language could be told, because of: {language['undetermined']}."
    if language.get("mixed"):
        yield "It is in two languages."
    yield from _second_model(language.get("second_model") or {})


def _second_model(said: dict[str, Any]) -> Iterator[str]:
    if said.get("tag"):
        verdict = {True: "agrees", False: "disagrees", None: "cannot be compared"}
        named = f"{tongue(said['tag']).name} ({said['tag']})"
        yield f"The second model, {said.get('model')}, says {named}: it {verdict[said['agrees']]}."


def _text(provenance: dict[str, Any]) -> Iterator[str]:
    if provenance.get("repairs"):
        yield f"Changed in its text: {', '.join(provenance['repairs'])}."
    if provenance.get("flags"):
        yield f"Cannot be read for a part, being in: {', '.join(provenance['flags'])}."


def _privacy(privacy: list[dict[str, Any]], decision: dict[str, Any]) -> str:
    if privacy:
        listed = ", ".join(f"{one['count']} {one['type']}" for one in privacy)
        return f"Personal data masked: {listed}. Names of persons are not looked for."
    if decision.get("stage") in {"read", "admit", "normalise", "identify"}:
        return "Personal data was not looked for, since the text went no further."
    return "No personal data was found. Names of persons are not looked for."


def _rights(rights: dict[str, Any], source: dict[str, Any]) -> str:
    declared, concluded = rights.get("declared") or "nothing", rights.get("concluded") or "nothing"
    return (
        f"Rights: declared {declared}, concluded {concluded}, held by {rights.get('basis')};"
        f" the text lives in {source.get('jurisdiction')}."
    )


def _overlaps(found: "Explanation") -> Iterator[str]:
    for one in found.overlaps:
        yield (
            f"It holds {one['matches']} passages of the evaluation set {one['evaluation_set']},"
            f" {one['share']:.2%} of its own; the first is from item {one['item']} (from 0)."
        )


def _copies(found: "Explanation") -> Iterator[str]:
    if found.copies_total:
        named = ", ".join(found.copies)
        more = found.copies_total - len(found.copies)
        rest = f" and {more} more" if more else ""
        yield f"Copies that were removed in its favour ({found.copies_total}): {named}{rest}."
