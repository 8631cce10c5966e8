"""A run over a crawl honours what hosts and pages reserve, and leaves the evidence."""

import json
import shutil
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest
import yaml

from governance.release_folder import open_release
from governance.tally import tally
from governance.validate.gates import opt_outs
from pipelines.load import load_run
from pipelines.opt_outs import gather
from schemas.errors import InputError
from tests import opt_out_runs, runs
from tests.opt_out_runs import TEXT, file, page


def _text(number):
    return TEXT.replace("Watu", f"Watu namba {number}")


ENTRIES = [
    file("https://open.example.org/robots.txt", "User-agent: *\nDisallow: /siri/\n"),
    page("https://open.example.org/habari", text=_text(1)),
    page("https://open.example.org/siri/a", text=_text(2)),
    page("https://open.example.org/noai", headers="X-Robots-Tag: noai\r\n", text=_text(3)),
    page("https://open.example.org/tdm", text=_text(4),
         metas='<meta name="tdm-reservation" content="1">'),
    page("https://nobody.example.org/x", text=_text(5)),
    page("https://ai.example.org/x", text=_text(6)),
    page("https://listed.example.org/kumbukumbu/x", text=_text(7)),
    page("https://shut.example.org/x", text=_text(8)),
]  # fmt: skip
SNAPSHOT = [
    {"host": "ai.example.org", "protocol": "robots.txt", "fetched_at": "2026-11-01",
     "status": 200, "body": "User-agent: GPTBot\nDisallow: /\n"},
    {"host": "listed.example.org", "protocol": "robots.txt", "fetched_at": "2026-11-01T08:00:00Z",
     "status": 404, "body": None},
]  # fmt: skip


@pytest.fixture(scope="session")
def crawl(tmp_path_factory):
    """The run file of the crawl, and the rows and folder of the release made of it."""
    folder = tmp_path_factory.mktemp("crawl")
    (folder / "snapshots" / "shut.example.org").mkdir(parents=True)
    (folder / "snapshots" / "shut.example.org" / "robots.txt").write_text(
        "User-agent: *\nDisallow: /"
    )
    (folder / "later.jsonl").write_text("".join(json.dumps(row) + "\n" for row in SNAPSHOT))
    (folder / "list.yaml").write_text(
        "name: A register\ndate: 2026-11-02\nentries: [listed.example.org/kumbukumbu/]\n"
    )
    (folder / "own.yaml").write_text("extends: strict\nopt_outs: {national_lists: [list.yaml]}\n")
    told = {"snapshots": [{"path": "../snapshots", "fetched_on": "2026-11-03"},
                          {"path": "../later.jsonl"}]}  # fmt: skip
    run = opt_out_runs.crawl(folder, ENTRIES, policy="own.yaml", opt_outs=told)
    done = runs.endonym("curate", run, "--no-report")
    assert done.returncode in {0, 2}, done.stderr[-1000:]
    release = folder / "out" / "1.0.0"
    return run, runs.documents(release), release


def test_every_page_ends_as_its_host_and_the_page_itself_say(crawl):
    rows = crawl[1]
    ends = {
        row["source"]["url"].removeprefix("https://").removesuffix("/x"): (
            row["decision"]["outcome"], row["decision"]["rule"]
        )
        for row in rows.to_dicts()
    }  # fmt: skip
    assert ends == {
        "open.example.org/robots.txt": ("quarantined", "robots-txt"),
        "open.example.org/habari": ("released", "kept"),
        "open.example.org/siri/a": ("removed", "opt-out-robots-txt"),
        "open.example.org/noai": ("removed", "opt-out-noai"),
        "open.example.org/tdm": ("removed", "opt-out-tdmrep"),
        "nobody.example.org": ("quarantined", "opt-out-unknown"),
        "ai.example.org": ("removed", "opt-out-robots-txt"),
        "listed.example.org/kumbukumbu": ("removed", "opt-out-national-list"),
        "shut.example.org": ("removed", "opt-out-robots-txt"),
    }


def test_the_text_of_what_was_denied_is_nowhere(crawl):
    rows = crawl[1]
    held = rows["decision"].struct.field("stage") == "admit"
    assert held.sum() == 7
    assert rows.filter(held)["text"].null_count() == 7
    whole = b"".join(path.read_bytes() for path in crawl[2].rglob("*") if path.is_file())
    assert b"namba 2" not in whole


def test_the_release_holds_the_evidence_of_every_decision(crawl):
    found = pl.read_parquet(crawl[2] / "optout_evidence.parquet")
    ai = found.filter((pl.col("host") == "ai.example.org") & (pl.col("protocol") == "robots-txt"))
    row = ai.row(0, named=True)
    assert (row["value"], row["said"]) == ("deny", "disallowed for GPTBot")
    assert (row["fetched_on"], row["recheck_due"], row["http_status"]) == (
        "2026-11-01", "2027-05-03", 200,
    )  # fmt: skip
    assert len(row["digest"]) == 64
    decided = found.filter(pl.col("protocol") == "decision")["documents"].sum()
    assert decided == 8
    manifest = json.loads((crawl[2] / "manifest.json").read_text())
    assert "optout_evidence.parquet" in {one["path"] for one in manifest["files"]}


def _gate(release, day="2026-11-23"):
    """What the gate finds; the rest of the evidence is not its business."""
    opened = open_release(release)
    evidence = SimpleNamespace(release=opened, tables=tally(opened), as_of=date.fromisoformat(day))
    return opt_outs.find(evidence)


def test_the_gate_passes_what_the_run_left_and_not_what_somebody_changed(crawl, tmp_path):
    assert _gate(crawl[2]).figure == 0
    changed = tmp_path / "1.0.0"
    shutil.copytree(crawl[2], changed)
    (changed / "optout_evidence.parquet").unlink()
    assert _gate(changed).figure == 1
    table = pl.read_parquet(crawl[2] / "optout_evidence.parquet")
    table.filter(pl.col("host") != "open.example.org").write_parquet(
        changed / "optout_evidence.parquet"
    )
    reasons = " ".join(_gate(changed).reasons)
    assert "released without leave of their hosts: 1 documents of web" in reasons
    assert "documents denied by the evidence: 3, held back for it: 6" in reasons


def test_the_gate_asks_for_a_new_look_when_the_answers_are_old(crawl):
    found = _gate(crawl[2], "2027-06-01")
    assert found.reasons == ("hosts whose opt-outs must be looked at again: 1",)


def test_new_snapshots_are_other_settings(crawl, tmp_path):
    folder = tmp_path / "again"
    shutil.copytree(crawl[0].parent, folder)
    before = gather(load_run(folder / "run.yaml"), _inputs(folder)).settings_digest
    (folder / "later.jsonl").write_text(json.dumps(SNAPSHOT[1]) + "\n")
    assert gather(load_run(folder / "run.yaml"), _inputs(folder)).settings_digest != before


def _inputs(folder):
    from pipelines.inputs import find_all

    return find_all(load_run(folder / "run.yaml"))


def test_all_mistakes_of_snapshots_and_lists_are_told_at_once(tmp_path):
    bad = [
        {"host": "https://a.example.org/", "protocol": "robots.txt", "fetched_at": "2026-11-01"},
        {"host": "a.example.org", "protocol": "robot", "fetched_at": "2026-11-01"},
        {"host": "a.example.org", "protocol": "robots.txt", "fetched_at": "yesterday"},
    ]
    (tmp_path / "bad.jsonl").write_text("{\n" + "".join(json.dumps(row) + "\n" for row in bad))
    (tmp_path / "empty").mkdir()
    (tmp_path / "list.yaml").write_text("name: x\ndate: 2026-11-02\nentries: [https://a.org]\n")
    (tmp_path / "own.yaml").write_text("opt_outs: {national_lists: [list.yaml]}\n")
    snapshots = [{"path": "../bad.jsonl"}, {"path": "../empty"}, {"path": "../gone.warc"}]
    run = opt_out_runs.crawl(
        tmp_path, ENTRIES[:1], policy="own.yaml", opt_outs={"snapshots": snapshots}
    )
    with pytest.raises(InputError) as caught:
        gather(load_run(run), _inputs(tmp_path))
    told = str(caught.value)
    for part in (
        "bad.jsonl:1: is no JSON object", "bad.jsonl:2: `host` must be a host",
        "bad.jsonl:3: `protocol` must be one of", "bad.jsonl:4: `fetched_at` must be a day",
        "../empty: a folder needs `fetched_on`", "../gone.warc: there is no such file",
        "list.yaml:3: entries: entry 1 is no host",
    ):  # fmt: skip
        assert part in told, (part, told)


def test_a_card_whose_right_has_no_reason_is_refused(tmp_path):
    run = opt_out_runs.crawl(tmp_path, ENTRIES[:1], opt_outs={"route": "licence"})
    with pytest.raises(InputError, match="route licence needs a `reason`"):
        load_run(run)


@pytest.mark.xdist_group("small-run")
def test_a_sample_of_an_archive_is_held_by_its_own_right(small_release):
    evidence = pl.read_parquet(small_release / "optout_evidence.parquet")
    assert evidence["value"].unique().to_list() == ["exempt"]
    cards = {card["id"]: card for card in runs.record(small_release)["sources"]}
    assert cards["crawl-text"]["opt_outs"]["route"] == "public-domain"
    assert yaml.safe_load((runs.SAMPLES / "sources" / "crawl.yaml").read_text())["opt_outs"][
        "reason"
    ]


def test_an_archive_is_searched_in_parts_and_by_processes_with_the_same_result(
    tmp_path, monkeypatch
):
    """What parts find together is what the whole archive holds, however it is cut."""
    from pipelines import opt_outs_archived as archived
    from pipelines.formats import by_name
    from pipelines.formats.model import Reading

    entries = [file(f"https://h{at}.example.org/robots.txt", f"User-agent: *\nDisallow: /{at}/\n")
               if at % 3 == 0 else page(f"https://h{at}.example.org/x", text=_text(at))
               for at in range(60)]  # fmt: skip
    path = tmp_path / "crawl.warc.gz"
    opt_out_runs.write_warc(path, entries)
    size = path.stat().st_size
    with path.open("rb") as opened:
        cuts = by_name("warc").splits(opened, size, size // 7, Reading())
    assert len(cuts) > 4
    day = date(2026, 10, 31)
    parts = [archived.Part("web", str(path), cut, day.isoformat()) for cut in cuts]
    once = archived.search([archived.whole(str(path), day, "web")], size)
    assert len(once) == 20
    assert archived.search(parts, size) == once
    monkeypatch.setattr(archived, "SMALL_BYTES", 0)
    assert archived.search(parts, size) == once
