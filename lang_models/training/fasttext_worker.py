"""The process in which fastText trains: reads its order from a folder, leaves the model there.

usage: python -m lang_models.training.fasttext_worker FOLDER
"""

import sys
from pathlib import Path

import orjson

from lang_models.fasttext_library import library


def main(folder: Path) -> None:
    """Trains on `lines.txt` as `order.json` says, into `model`."""
    order = orjson.loads((folder / "order.json").read_bytes())
    lines = str(folder / "lines.txt")
    model = library().train_supervised(lines, **order["train"])
    if order["quantize"]:
        model.quantize(input=lines, **order["quantize"])
    model.save_model(str(folder / "model"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
