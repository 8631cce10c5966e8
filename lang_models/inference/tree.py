"""The tree of labels of the hierarchical softmax: frequent labels are near the root.

Source: `HierarchicalSoftmaxLoss::buildTree` of fastText 0.9.2; Huffman 1952.
"""

import numpy as np

ENDLESS = 10**15  # the count of a node that is not made yet, as fastText has it


def build(counts: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """The children of each node; the labels come first, the root last.

    Args:
        counts: how often each label was seen, the most frequent first.

    Returns:
        Left and right child, int32[2 * labels - 1] each; -1 for labels, which have none.

    >>> [side.tolist() for side in build([5, 2, 1])]
    [[-1, -1, -1, 2, 3], [-1, -1, -1, 1, 0]]
    """
    labels = len(counts)
    nodes = 2 * labels - 1
    count = [*counts, *[ENDLESS] * (labels - 1)]
    left, right = np.full((2, nodes), -1, np.int32)
    leaf, inner = labels - 1, labels
    for node in range(labels, nodes):
        pair = []
        for _ in range(2):
            if leaf >= 0 and count[leaf] < count[inner]:
                pair.append(leaf)
                leaf -= 1
            else:
                pair.append(inner)
                inner += 1
        left[node], right[node] = pair
        count[node] = count[pair[0]] + count[pair[1]]
    return left, right
