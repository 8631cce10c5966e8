"""Subject access: whether an address or a number is in the corpus, without keeping it.

A run may write an index beside its release, never into it: for every value that was masked
a keyed digest, its type, and the documents. Whoever has the key and the value can ask where
it stood; the index alone answers nothing. It is personal data all the same: it is kept
with the other state of the corpus, and what is taken down leaves it.

    locate    the releases and documents that held a value
    search    the same, with what could not be asked and why
    forget    takes documents out of every index
    references, collect    what a run writes
"""

from governance.subjects.build import collect, references
from governance.subjects.ledger import forget
from governance.subjects.question import Answer, locate, search

__all__ = ["Answer", "collect", "forget", "locate", "references", "search"]
