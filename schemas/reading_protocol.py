"""The protocol of a reading round: what is asked, of how many documents."""

#: The four questions of HPLT's inspection protocol (v3, 2025), each with the answer that is well.
QUESTIONS = {"language_correct": True, "unnatural": False, "artifacts": False, "porn": False}
#: Question -> what its good answer is called.
GOOD = {
    "language_correct": "language_correct", "unnatural": "natural", "artifacts": "clean",
    "porn": "not_porn",
}  # fmt: skip
#: What a reader may tick beside them.
OBSERVATIONS = (
    "boilerplate", "machine-translated", "scanning-errors", "wrong-spelling", "list-or-menu",
    "mixed-languages", "cut-off", "hateful", "private-life",
)  # fmt: skip
#: Batches of a language and documents of a batch (HPLT v3 inspection protocol, 2025).
BATCHES, BATCH_DOCUMENTS = 5, 200
#: Share of documents that two people read (the same).
DOUBLE_SHARE = 0.1
