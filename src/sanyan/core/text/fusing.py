"""What words find and what meaning finds, put into one order."""

from __future__ import annotations

import numpy as np

from sanyan.core.text.dense import Mask, Scores

DENSE_WEIGHT = 0.6  # chosen on Thai questions (`python -m evals.retrieval`); .5 to .7 hardly differ


def fuse(
    lexical: Scores | None, dense: Scores | None, weight: float = DENSE_WEIGHT, keep: Mask | None = None
) -> Scores:
    """One score a row: (1 - `weight`) x lexical + `weight` x dense, each in standard deviations from its mean.

    Means are taken over the rows in `keep`; the others score minus infinity. A row without a vector (NaN in `dense`)
    counts as alike in meaning as its words let one expect. Where one of the two is None, or the same for every row,
    the other decides. Raise ValueError where both are None.
    """
    if lexical is None and dense is None:
        raise ValueError("nothing to fuse")
    if lexical is None or dense is None:
        one = dense if lexical is None else lexical
        fused = np.nan_to_num(_standard(one, keep), nan=_LEAST)  # type: ignore[arg-type]  # one of them is there
    else:
        words, meaning = _standard(lexical, keep), _standard(dense, keep)
        lacking = np.isnan(meaning)
        if lacking.any():
            meaning = np.where(lacking, _expected(words, meaning, keep), meaning)
        fused = (1 - weight) * words + weight * meaning
    if keep is not None:
        fused[~keep] = -np.inf
    return fused.astype(np.float32)


_LEAST = -1e3  # a row that nothing is known of stands behind all others


def _standard(scores: Scores, keep: Mask | None) -> Scores:
    known = scores if keep is None else scores[keep]
    known = known[np.isfinite(known)]
    if not len(known):
        return np.where(np.isfinite(scores), np.float32(0), scores)
    spread = float(known.std())
    if spread <= 1e-6 * max(1.0, float(np.abs(known).max())):
        return np.where(np.isfinite(scores), np.float32(0), scores)
    standard: Scores = ((scores - known.mean()) / spread).astype(np.float32)
    return standard


def _expected(words: Scores, meaning: Scores, keep: Mask | None) -> Scores:
    """What meaning would say of rows, judged by their words: the line through the rows that have both."""
    both = np.isfinite(meaning) if keep is None else np.isfinite(meaning) & keep
    if both.sum() < 3:
        return words
    share = float(np.clip(np.mean(words[both] * meaning[both]), 0.0, 1.0))
    return share * words
