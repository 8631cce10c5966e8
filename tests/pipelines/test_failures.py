"""What a person is told when a step fails."""

import pytest

from pipelines.failures import failure
from schemas.errors import FailedError, InputError
from tests import runs

QUOTED = "the text of a document with anna@example.org in it"

#: How the names of what is staged of a batch end.
ENDS = (".arrow", ".prints", ".json")


def _raised(error):
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def test_the_kind_the_step_and_the_line_are_told_and_nothing_of_the_message():
    told = failure(_raised(TimeoutError(f"{QUOTED} [while running 'scrub-ptransform-12']")))
    assert isinstance(told, FailedError)
    assert "in step 'scrub': TimeoutError" in str(told)
    assert "start the same command again" in str(told)
    assert QUOTED not in str(told)


def test_a_failure_in_another_process_is_told_from_its_written_traceback():
    written = f"""Traceback (most recent call last):
  File "/somewhere/site-packages/pipelines/steps/scrub.py", line 88, in scrub
    text = other(frame)
polars.exceptions.ComputeError: {QUOTED}

 [while running 'scrub-ptransform-9']"""
    told = str(failure(_raised(RuntimeError(written))))
    assert "in step 'scrub': ComputeError at pipelines/steps/scrub.py:88" in told
    assert QUOTED not in told


def test_what_is_wrong_with_the_input_is_told_in_its_own_words():
    plain = failure(_raised(InputError("a.jsonl: cannot be read [while running 'read-3']")))
    remote = (
        "Traceback\nschemas.errors.InputError: a.jsonl: cannot be read [while running 'read-3']"
    )
    for told in (plain, failure(_raised(RuntimeError(remote)))):
        assert isinstance(told, InputError)
        assert str(told) == "a.jsonl: cannot be read"


def test_the_command_ends_with_that_sentence_and_goes_on_later(tmp_path, monkeypatch):
    from pipelines import curate
    from pipelines.job import Job

    run = runs.make_run(tmp_path, ("notes",))

    def late(*_):
        raise TimeoutError(QUOTED)

    with monkeypatch.context() as patch:
        patch.setattr(curate, "screen", late)
        with pytest.raises(FailedError, match="TimeoutError") as told:
            Job(run, workers=1).curate(with_progress=False)
    assert QUOTED not in str(told.value)
    assert runs.record(runs.written(run))["counts"]


def test_staged_files_that_were_cut_off_are_made_again(tmp_path):
    run = runs.make_run(tmp_path / "cut", ("notes", "press"), keep_staging=True)
    runs.written(run)
    names = sorted(path.stem for path in run.parent.glob(".endonym/batches/demo/*.arrow"))
    batches = run.parent / ".endonym/batches/demo"
    cut = [batches / f"{name}{end}" for name, end in zip(names, ENDS, strict=False)]
    whole = [path.read_bytes() for path in cut]
    for path, data in zip(cut, whole, strict=True):
        path.unlink()  # this process may have it open
        path.write_bytes(data[: len(data) // 2])
    later = runs.written(run, version="1.0.1")
    fresh = runs.make_run(tmp_path / "fresh", ("notes", "press"), version="1.0.1")
    assert runs.root(later) == runs.root(runs.written(fresh))
    assert len(cut) == len(ENDS)
    assert [path.read_bytes() for path in cut] == whole
