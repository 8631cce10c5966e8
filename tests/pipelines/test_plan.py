"""Shards are planned from receipts alone."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.steps.duplicates import Told
from pipelines.steps.plan import Piece, shards
from pipelines.steps.stage import Group, Receipt

GROUPS = st.builds(
    Group,
    outcome=st.sampled_from(["released", "removed", "quarantined"]),
    language=st.sampled_from(["swh_Latn", "amh_Ethi", "tha_Thai"]),
    rows=st.integers(1, 9),
    text_bytes=st.integers(0, 100),
)
RECEIPTS = st.lists(
    st.builds(
        Receipt,
        name=st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}"),
        source=st.just("radio"),
        read_bytes=st.just(1),
        groups=st.lists(GROUPS, max_size=4).map(tuple),
    ),
    max_size=8,
    unique_by=lambda receipt: receipt.name,
)


def test_released_row_groups_are_packed_by_language_up_to_the_size():
    groups = (Group("released", "swh_Latn", 1, 60), Group("released", "yor_Latn", 1, 10))
    receipts = [Receipt(f"{number:016x}", "radio", 1, groups) for number in range(3)]
    paths = {shard.path: len(shard.pieces) for shard in shards(120, receipts, [])}
    assert paths == {
        "documents/language_tag=swh_Latn/part-00000.parquet": 2,
        "documents/language_tag=swh_Latn/part-00001.parquet": 1,
        "documents/language_tag=yor_Latn/part-00000.parquet": 3,
    }


def test_a_row_group_that_loses_duplicates_is_also_read_for_the_removed():
    receipt = Receipt("00", "radio", 1, (Group("released", "swh_Latn", 2, 5),))
    told = Told("00", losing=(0,), digest="a")
    planned = {shard.outcome: shard for shard in shards(10, [receipt], [told])}
    assert planned["removed"].pieces == planned["released"].pieces == (Piece("00", 0),)
    assert planned["removed"].told == planned["released"].told == (told,)


def test_a_shard_made_of_other_rows_or_verdicts_has_another_digest():
    """Or a run that goes on after its input was changed would take old shards for new ones."""
    group = Group("released", "swh_Latn", 2, 5)
    one, other = (Receipt(name, "radio", 1, (group,)) for name in ("00", "01"))
    told, later = (Told("00", losing=(), digest=digest) for digest in "ab")
    made = [([one], []), ([other], []), ([one, other], []), ([one], [told]), ([one], [later])]
    planned = [shards(10, *each)[0] for each in made]
    assert len({shard.path for shard in planned}) == 1
    assert len({shard.digest for shard in planned}) == len(made)
    assert planned[0] == shards(10, [one], [Told("02", losing=(0,), digest="c")])[0]


def test_no_receipts_make_no_shards():
    assert shards(10, [], []) == []


@given(RECEIPTS, st.randoms(use_true_random=False), st.integers(1, 300))
def test_the_plan_does_not_depend_on_the_order_of_receipts(receipts, random, size):
    shuffled = list(receipts)
    random.shuffle(shuffled)
    assert shards(size, shuffled, []) == shards(size, receipts, [])


@given(RECEIPTS, st.integers(1, 300))
def test_every_row_group_is_in_exactly_one_shard(receipts, size):
    planned = [piece for shard in shards(size, receipts, []) for piece in shard.pieces]
    groups = [Piece(one.name, at) for one in receipts for at in range(len(one.groups))]
    assert sorted(planned) == sorted(groups)
