"""From labels to tags: which script a label's language has in this very text, if any.

A model that was never shown a script still names a language for it: lid.176 calls Cherokee
Chinese and Tifinagh Telugu. So a label counts only where the text holds enough letters of a
script that the label's language is written in.
"""

from collections.abc import Sequence

import numpy as np

from lang_models.labels import Label
from lang_models.scripts import MEMBERS, Counts

#: A label counts if more than this share of a segment's letters is in its script. A manual page
#: in Chinese may hold nine Latin letters for each Han character and still be Chinese; a Latin
#: text rarely holds a tenth of anything else. On the lid-eval sets 0.1, 0.3 and 0.5 differ by
#: less than 0.002 in macro-F1 (measured 2026-11-23).
SCRIPT_SHARE = 0.1
_ANY = "Zyyy"


class Tags:
    """The tags that a model can give, numbered in alphabetical order.

    Attributes:
        names: `xxx_Xxxx` by number. Text in Han characters stands as `xxx_Hani` here; a label
            whose script is not known stands as `xxx_Zyyy` and fits every text.
        members: by number, the counted scripts that make up the tag's script.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        pairs = [
            [(label.language, script) for script in label.scripts or (_ANY,)] for label in labels
        ]
        known = sorted({pair for several in pairs for pair in several})
        self.names = [f"{language}_{script}" for language, script in known]
        self.members = [MEMBERS.get(script, (script,)) for _, script in known]
        self._sets = sorted(set(self.members))
        self._set_of_tag = np.array([self._sets.index(members) for members in self.members])
        self._of_label = np.full((max(map(len, pairs)), len(labels)), -1, np.int64)
        for place, several in enumerate(pairs):
            self._of_label[: len(several), place] = [known.index(pair) for pair in several]

    def is_known(self, scripts: Sequence[str]) -> np.ndarray:
        """For each counted script, whether any label is written in it."""
        known = {script for members in self.members for script in members}
        return np.array([_ANY in known or script in known for script in scripts], bool)

    def fit(self, label: np.ndarray, segment: np.ndarray, counts: Counts) -> np.ndarray:
        """For each guess its tag, or -1 where the text is not in the language's script.

        Args:
            label: int64[n], the guessed labels.
            segment: int64[n], the rows of `counts` that they are guesses for.
            counts: letters by script for each segment; no segment without letters.
        """
        share = self._shares(counts)
        tag = np.full(len(label), -1, np.int64)
        most = np.full(len(label), SCRIPT_SHARE)
        for of_label in self._of_label:
            candidate = of_label[label]
            found = np.where(candidate < 0, 0.0, share[segment, self._set_of_tag[candidate]])
            better = found > most
            tag[better], most[better] = candidate[better], found[better]
        return tag

    def _shares(self, counts: Counts) -> np.ndarray:
        """Share of each segment's letters that are in each set of scripts."""
        in_set = [
            [_ANY in members or script in members for members in self._sets]
            for script in counts.scripts
        ]
        return counts.letters @ np.array(in_set, np.float64) / counts.letters.sum(1, keepdims=True)
