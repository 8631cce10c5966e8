"""Finds the documents that say the same thing twice, and explains each one it removes.

The order of the work, one module a step, none of them knowing Beam:

    signature      MinHash of a whole batch
    rank           who is kept when two documents are the same
    ragged         lists of shingles in one array
    fingerprints   what is stored of a staged file: ids, ranks, digests, signatures, shingles
    bands          how signatures are cut so that similar ones meet
    blocks         one packed block for each part of the band space; the pairs that met there
    components     pairs joined into groups
    members        the documents of a group, fetched from their files
    jaccard        the exact comparison, and the loop over the documents of a group
    leaders        who is kept and who is removed in each group
    index          the fingerprints that a release leaves for the runs after it
    local          all of it in memory, for tests and small inputs

The reader's page is docs/duplicates.md.
"""
