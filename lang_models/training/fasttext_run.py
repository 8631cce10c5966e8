"""Trains with fastText in a process of its own; the same lines give the same bytes.

fastText 0.9.2, told to use one thread, fills only the first tenth of its matrix with random
numbers and takes the rest as it finds it in memory: zeros in a new process, whatever lay there
before in an old one, now and then numbers so great that the training fails. So each training
has a new process, in which memory is handed out as zeros.
"""

import os
import struct
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import polars as pl

from lang_models.fasttext_file import HEAD, Head
from lang_models.labels import PREFIX
from lang_models.preparation import Preparation
from lang_models.training.recipe import Compression, Network, Recipe
from schemas.errors import InputError

#: glibc then fills memory with the complement of this byte, 0, before it hands it out
#: (mallopt(3), M_PERTURB). Elsewhere a new process gets zeros from the kernel.
ZEROED = {"MALLOC_PERTURB_": "255"}
_LINES, _MODEL, _ORDER = "lines.txt", "model", "order.json"


def train(lines: pl.DataFrame, recipe: Recipe, *, is_small: bool) -> bytes:
    """The bytes of a model file.

    Args:
        lines: `tag` and `text`, in the order in which they are shown.
        recipe: its network, compression and preparation.
        is_small: quantised, as an .ftz file; else whole, as a .bin file.

    Raises:
        InputError: the training came to nothing; the message says why and what to do.
    """
    with TemporaryDirectory() as folder:
        place = Path(folder)
        _write(lines, place / _LINES)
        order = {
            "train": _arguments(recipe.network),
            "quantize": _quantising(recipe.compression) if is_small else None,
        }
        (place / _ORDER).write_bytes(orjson.dumps(order))
        done = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "lang_models.training.fasttext_worker", folder],
            env=os.environ | ZEROED,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise InputError(_reason(done))
        content = (place / _MODEL).read_bytes()
    return marked(content, recipe.text.preparation)


def marked(content: bytes, preparation: Preparation) -> bytes:
    """A model file that says how its text was prepared."""
    head = Head(*HEAD.unpack_from(content))._replace(update_rate=preparation.mark)
    return struct.pack(HEAD.format, *head) + content[HEAD.size :]


def _write(lines: pl.DataFrame, path: Path) -> None:
    whole = lines.select(pl.concat_str(pl.lit(PREFIX), "tag", pl.lit(" "), "text"))
    whole.write_csv(path, include_header=False, quote_style="never")


def _arguments(network: Network) -> dict[str, object]:
    return {
        "dim": network.dimension.value,
        "minn": network.shortest_ngram.value if network.longest_ngram.value else 0,
        "maxn": network.longest_ngram.value,
        "bucket": network.buckets.value,
        "minCount": network.least_word_count.value,
        "loss": network.loss.value,
        "epoch": network.epochs.value,
        "lr": network.learning_rate.value,
        "seed": network.seed.value,
        "thread": 1,
        "verbose": 0,
    }


def _quantising(compression: Compression) -> dict[str, object]:
    epochs = compression.retrain_epochs.value
    return {
        "cutoff": _cutoff(compression.kept_rows.value, compression.coded_rows.value),
        "dsub": compression.part_width.value,
        "qnorm": compression.codes_norms.value,
        "retrain": epochs > 0,
        "epoch": max(epochs, 1),
        "lr": compression.retrain_rate.value,
        "thread": 1,
    }


def _cutoff(kept_rows: int, coded_rows: int) -> int:
    """What fastText itself prunes to; 0: it does not."""
    return max(kept_rows, coded_rows) if kept_rows else 0


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    said = done.stderr.decode("utf-8", "replace")
    if "NaN" in said:
        return (
            "the training failed because its numbers grew beyond all bounds; set a lower"
            " network.learning_rate in the recipe"
        )
    if "bad_alloc" in said or "MemoryError" in said or done.returncode < 0:
        return (
            "the training failed, most likely for want of memory; set fewer network.buckets or a"
            " smaller network.dimension in the recipe"
        )
    last = said.strip().rpartition("\n")[2]
    return f"the training failed in fastText: {last[:200]}"
