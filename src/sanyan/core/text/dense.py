"""Passages found by meaning: every vector is held against the question's. For some 100,000 vectors this takes
milliseconds, so no index of vectors is kept."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]


def dense_scores(vectors: Vectors, vector: Vectors, held: Mask | None = None) -> Scores:
    """The cosine of each of `vectors`, shape (rows, dimensions), with `vector`, shape (dimensions,); all of length 1.

    NaN for rows that have no vector: those not in `held`. Raise ValueError where the dimensions differ.
    """
    scores = (vectors @ vector.astype(np.float32, copy=False)).astype(np.float32, copy=False)
    if held is not None and not held.all():
        scores[~held] = np.nan
    return scores
