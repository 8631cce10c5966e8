"""The pages of the report, in the order in which a steward reads them."""

from governance.report.page import Page
from governance.report.pages import (
    decision,
    duplicates,
    funnel,
    glance,
    languages,
    likeness,
    privacy,
    record,
    removals,
    rights,
    samples,
)

PAGES: tuple[Page, ...] = (
    decision.PAGE,
    glance.PAGE,
    funnel.PAGE,
    languages.PAGE,
    likeness.PAGE,
    removals.PAGE,
    privacy.PAGE,
    duplicates.PAGE,
    rights.PAGE,
    samples.PAGE,
    record.PAGE,
)
