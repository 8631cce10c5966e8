"""Takedown: what must leave the corpus leaves every release, stays out, and that is proven.

    grounds       why a document may have to go, by when, and whether its copies go too
    cases         the requests, in a store that can be erased
    addresses     hosts, prefixes and addresses in one spelling
    suppression   the keyed list of what must not come back
    tombstones    the public list of what is gone, and which release may be used
    withdrawal    an old release loses its content and keeps its record
    certificate   the proof

The work on shards is done in `pipelines.takedown`; docs/takedown.md tells it all.
"""
