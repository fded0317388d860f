"""Texts as numbers that texts on the same matter share: their words by weight, and the directions words vary in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from sanyan.core.text.themes.names import without_names
from sanyan.core.thai.words import content_terms

Floats = NDArray[np.float64]
Terms = Sequence[str]
HEAD = 150  # terms of a long text that tell its matter; what follows is detail, weighed beside it
DIRECTIONS = 50
REPEATED_LINE = 3  # texts that hold the same line: it belongs to the form or the publisher, not to the matter
MOST_COMMON = 0.5
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class WordMatrix:
    """Weighed words of texts: `weights` of shape (texts, words), rows of length 1 or 0."""

    weights: sparse.csr_matrix
    words: tuple[str, ...]


def bodies(texts: Sequence[str]) -> list[str]:
    """The texts without lines that several of them share (dates, credits, addresses) and without repeats of a line.

    Figures do not tell lines apart. A text that has nothing else stays as it is.
    """
    lines = [[line.strip() for line in text.split("\n") if line.strip()] for text in texts]
    held = Counter(line for each in lines for line in {_DIGIT.sub("0", line) for line in each})
    made = []
    for text, each in zip(texts, lines, strict=True):
        own = dict.fromkeys(line for line in each if held[_DIGIT.sub("0", line)] < REPEATED_LINE)
        made.append("\n".join(own) or text)
    return made


def topic_terms(texts: Sequence[str], *, with_names: bool = False) -> list[list[str]]:
    """The terms of each text that carry its topic; names of persons and provinces are left out unless asked for."""
    return [content_terms(text if with_names else without_names(text)) for text in texts]


def weighed_words(terms: Sequence[Terms], *, least_texts: int = 5, most_share: float = MOST_COMMON) -> WordMatrix:
    """TF-IDF with the logarithm of counts, over words in at least `least_texts` texts and not more than a share.

    Where that leaves no word, words of any text are taken; texts without a term are rows of zeros.
    """
    for least, most in ((min(least_texts, max(1, len(terms) // 20)), most_share), (1, 1.0)):
        maker = TfidfVectorizer(analyzer=list, min_df=least, max_df=most, sublinear_tf=True)
        try:
            weights = maker.fit_transform(terms)
        except ValueError:  # nothing left
            continue
        return WordMatrix(weights.tocsr(), tuple(maker.get_feature_names_out()))
    return WordMatrix(sparse.csr_matrix((len(terms), 0)), ())


def directions(terms: Sequence[Terms], *, count: int = DIRECTIONS, seed: int = 1) -> Floats:
    """Texts in the `count` directions in which their words vary most, shape (texts, <= count), rows of length 1 or 0.

    The head of long texts is weighed beside the whole (latent semantic analysis, Deerwester et al. 1990).
    """
    whole = weighed_words(terms).weights
    parts = [whole]
    if any(len(each) > HEAD for each in terms):
        parts.append(weighed_words([each[:HEAD] for each in terms]).weights)
    weights = sparse.hstack(parts).tocsr()
    if not weights.shape[1]:  # no text holds a word that counts
        return np.zeros((len(terms), 1))
    most = min(count, weights.shape[0] - 1, weights.shape[1] - 1)
    if most < 2:
        return np.asarray(normalize(weights.toarray()))
    return np.asarray(normalize(TruncatedSVD(most, random_state=seed).fit_transform(weights)))


def centred(vectors: NDArray[np.floating]) -> Floats:
    """Vectors about their mean, of length 1 again: language models put all texts of one sort close together."""
    return np.asarray(normalize(vectors - vectors.mean(axis=0, keepdims=True)), dtype=np.float64)
