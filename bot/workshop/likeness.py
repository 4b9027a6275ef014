"""Pairs of items that ask nearly the same: the cosine of their TF-IDF vectors."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

from bot.domain.questions import ChoiceItem, Item, ParamItem

_TERM = re.compile(r"[^\W\d_]{2,}|\d+(?:\.\d+)?")


class Pair(NamedTuple):
    """Two items and how alike they are: 0 nothing in common, 1 the same words."""

    first: Item
    second: Item
    cosine: float


def text_of(item: Item) -> str:
    """What a person reads before answering."""
    texts = [item.question, item.code]
    if isinstance(item, ParamItem) and item.variants:
        texts = [item.variants[0].question, item.variants[0].code]
    if isinstance(item, ChoiceItem):
        texts += [option.text for option in item.options]
    return "\n".join(texts)


def alike(items: Sequence[Item], least: float) -> list[Pair]:
    """The pairs whose cosine is above `least`, the most alike first."""
    if len(items) < 2:
        return []
    vectors = _vectors([text_of(item) for item in items])
    cosines = sparse.triu(vectors @ vectors.T, k=1).tocoo()
    found = [
        Pair(items[i], items[j], float(cosine))
        for i, j, cosine in zip(cosines.row, cosines.col, cosines.data, strict=True)
        if cosine > least
    ]
    return sorted(found, key=lambda pair: (-pair.cosine, pair.first.id, pair.second.id))


def _vectors(texts: Sequence[str]) -> sparse.csr_array:
    """Rows of unit length: term frequency times smoothed inverse document frequency."""
    counts = [Counter(term.lower() for term in _TERM.findall(text)) for text in texts]
    documents = Counter(term for count in counts for term in count)
    columns = {term: column for column, term in enumerate(documents)}
    weight = {t: math.log((1 + len(texts)) / (1 + n)) + 1 for t, n in documents.items()}
    rows, places, values = [], [], []
    for row, count in enumerate(counts):
        raw = np.array([number * weight[term] for term, number in count.items()])
        length = float(np.linalg.norm(raw)) or 1.0
        rows += [row] * len(count)
        places += [columns[term] for term in count]
        values += list(raw / length)
    shape = (len(texts), max(1, len(columns)))
    return sparse.csr_array((values, (rows, places)), shape=shape)
