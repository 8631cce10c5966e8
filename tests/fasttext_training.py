"""Small fastText models trained by the library, on sentences of the sample corpus.

usage: python -m tests.fasttext_training FOLDER   (trains what `FOLDER/orders.json` asks for)
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lang_models.fasttext_library import library
from lang_models.labels import PREFIX
from lang_models.training.fasttext_run import ZEROED
from tests.made_corpus import sentences

#: One thread and a seed: the same model each time.
_SETTINGS = {"dim": 10, "epoch": 15, "lr": 1.0, "minCount": 2, "bucket": 1500, "thread": 1}
_LINES_A_TEXT = 4
#: Few labels are learned soon; to be quantised themselves they must be 256 at least.
_FEW, _MANY = slice(None, None, 5), slice(None)

#: Settings of `train_supervised`; and of `quantize`, None for a .bin.
Order = tuple[dict[str, Any], dict[str, Any] | None]


def lines() -> list[str]:
    """Some lines of each text of the samples, in many scripts."""
    return [line for _, text in sentences() for line in text[:_LINES_A_TEXT]]


def train(folder: Path, orders: Mapping[str, Order]) -> dict[str, Path]:
    """The files of models that tell texts of the samples from one another, by their names.

    They are trained in a process of their own, whose memory is all zeros.
    """
    (folder / "orders.json").write_text(json.dumps(list(orders.values())), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "tests.fasttext_training", str(folder)],
        env=os.environ | ZEROED,
        check=True,
    )
    return {name: _path(folder, place, order) for place, (name, order) in enumerate(orders.items())}


def _path(folder: Path, place: int, order: Order) -> Path:
    return folder / f"{place}.{'bin' if order[1] is None else 'ftz'}"


def _train_all(folder: Path) -> None:
    few, many = _write(folder / "few", _FEW, 1), _write(folder / "many", _MANY, 2)
    orders = json.loads((folder / "orders.json").read_bytes())
    for place, (settings, quantised) in enumerate(orders):
        text = many if quantised and quantised.get("qout") else few
        model = library().train_supervised(text, **{**_SETTINGS, "verbose": 0, **settings})
        if quantised is not None:
            model.quantize(**quantised)
        model.save_model(str(_path(folder, place, (settings, quantised))))


def _write(path: Path, texts: slice, labels: int) -> str:
    labelled = [
        f"{PREFIX}{name}-{number % labels} {line}"
        for name, several in sentences()[texts]
        for number, line in enumerate(several)
    ]
    path.write_text("\n".join(labelled) + "\n", encoding="utf-8")
    return str(path)


if __name__ == "__main__":
    _train_all(Path(sys.argv[1]))
