"""Documents treated under a policy, for the tests of treatments."""

import polars as pl

from governance.keys import Keyring
from governance.pii.documents import Documents, Plan, scrub_documents
from schemas.privacy import PrivacyPolicy


def keyring_of(folder, digits):
    """A keyring with a key that only tests use: two digits over and over."""
    (folder / "key").write_text(digits * 32)
    return Keyring(str(folder / "key"))


def strings(*values):
    return pl.Series(values, dtype=pl.String)


def treat(  # noqa: PLR0913  # what is known of a document
    policy, keyring, *texts, doc_id="d1", source="radio", country="KE", language=None,
    title=None, release="demo-1", names=None,
):  # fmt: skip
    """Documents that share an id treated under a policy; the whole result."""
    plan = Plan(PrivacyPolicy.model_validate(policy), keyring, release, names)
    rows = len(texts)
    doc_ids = [doc_id] if rows == 1 else [f"{doc_id}-{row}" for row in range(rows)]
    documents = Documents(
        {"text": strings(*texts), "title": strings(*([title] * rows))},
        *(strings(*column) for column in
          (doc_ids, [source] * rows, [language] * rows, [country] * rows)),
    )  # fmt: skip
    return scrub_documents(documents, plan)


def treated(policy, keyring, text, **about):
    return treat(policy, keyring, text, **about).fields["text"][0]
