"""The pages of the report, in the order in which a steward reads them."""

from governance.report.page import Page
from governance.report.pages import (
    desk,
    drift,
    duplicates,
    funnel,
    gates,
    glance,
    language,
    optouts,
    privacy,
    quality,
    reading,
    representation,
    rights,
    signoff,
    sources,
)

PAGES: tuple[Page, ...] = (
    desk.PAGE,
    glance.PAGE,
    funnel.PAGE,
    sources.PAGE,
    language.PAGE,
    rights.PAGE,
    optouts.PAGE,
    privacy.PAGE,
    duplicates.PAGE,
    quality.PAGE,
    representation.PAGE,
    reading.PAGE,
    gates.PAGE,
    drift.PAGE,
    signoff.PAGE,
)
