"""top_domains.csv: the domains that most of the text is from, as the EU summary asks for them.

The tenth of all registrable domains that is largest by bytes; `sme_list` marks the shorter list
that small and medium enterprises may publish: a twentieth, or 1,000 if that is fewer. A
domain seen in fewer than ten documents may be named after a person, so it is counted as
`other` and not named.

Source: European Commission, template for the public summary of training content,
section 2.3 (24 July 2025); small cells as in `governance.report.small_cells`.
"""

from math import ceil

from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.written import as_csv
from governance.report.small_cells import SMALLEST_SHOWN

NAME = "top_domains.csv"
OTHER = "other"
HEADER = ("rank", "domain", "documents", "bytes", "share", "cumulative_share", "sme_list")
SHARE, SME_SHARE, SME_MOST = 0.10, 0.05, 1_000

Row = tuple[int | str, ...]


def listed(material: Material) -> list[Row]:
    """The rows of the list; none when no released document has a URL."""
    domains = material.contents.domains
    total, count = int(domains["bytes"].sum()), len(domains)
    sme = min(ceil(SME_SHARE * count), SME_MOST)
    rows: list[Row] = []
    hidden_documents = hidden_bytes = reached = 0
    for rank, (name, documents, size) in enumerate(
        domains.head(ceil(SHARE * count)).iter_rows(), start=1
    ):
        if documents < SMALLEST_SHOWN:
            hidden_documents, hidden_bytes = hidden_documents + documents, hidden_bytes + size
            continue
        reached += size
        shares = (f"{part / total:.6f}" for part in (size, reached))
        rows.append((rank, name, documents, size, *shares, "yes" if rank <= sme else "no"))
    if hidden_documents >= SMALLEST_SHOWN:
        shares = (f"{part / total:.6f}" for part in (hidden_bytes, reached + hidden_bytes))
        rows.append((len(rows) + 1, OTHER, hidden_documents, hidden_bytes, *shares, "no"))
    return rows


def make(material: Material) -> Made:
    """The list as CSV."""
    return Made({NAME: as_csv(HEADER, listed(material))})


EXPORT = Export("top_domains", "The domains that most of the text is from", make)
