"""Texts as runs of letters that can be held against each other, with the way back to where they stand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.spans import Span

Codes = NDArray[np.uint32]
WideCodes = NDArray[np.uint64]
Places = NDArray[np.int64]
MIXER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Letters:
    """The letters of a text as code points, and for each where it stands in the text; both of shape (n,)."""

    codes: Codes
    places: Places

    def span(self, start: int, end: int) -> Span:
        """Where letters `start` to `end` (not included) stand in the text."""
        return Span(int(self.places[start]), int(self.places[end - 1]) + 1)


class _Kept(dict[str, str]):
    """What each character is compared as, worked out when first met."""

    def __missing__(self, character: str) -> str:
        made = unicodedata.normalize("NFKC", character).casefold()
        kept = "".join("0" if unicodedata.category(c) == "Nd" else c for c in made if _is_kept(c))
        self[character] = kept
        return kept


def _is_kept(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


_KEPT = _Kept()


def letters(text: str) -> Letters:
    """Letters, marks and digits alone, lower-case, each digit as 0: layout, figures and dates do not matter."""
    kept = [_KEPT[character] for character in text]
    codes = np.frombuffer("".join(kept).encode("utf-32-le"), dtype=np.uint32)
    places = np.repeat(np.arange(len(kept)), [len(part) for part in kept])
    return Letters(codes, places.astype(np.int64))


def hashes(codes: Codes, size: int) -> Codes:
    """A 32-bit hash of every run of `size` letters in order, shape (n - size + 1,); the same on every machine.

    A text shorter than `size` is one run.
    """
    if len(codes) == 0:
        return np.zeros(0, dtype=np.uint32)
    size = min(size, len(codes))
    return (wide_hashes(codes, size) >> np.uint64(32)).astype(np.uint32)


def wide_hashes(codes: Codes, size: int) -> WideCodes:
    """A 64-bit hash of every run of `size` letters in order, shape (n - size + 1,); there must be `size` letters."""
    points = codes.astype(np.uint64)
    hashed = np.zeros(len(points) - size + 1, dtype=np.uint64)
    for offset in range(size):
        hashed = (hashed + points[offset : offset + len(hashed)]) * MIXER
        hashed ^= hashed >> np.uint64(29)
    return hashed


def likeness(one: Codes | WideCodes, other: Codes | WideCodes) -> float:
    """Share of the distinct hashes of two texts that both have (Jaccard), 0-1; 0 of two without any."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    total = len(one) + len(other) - shared
    return shared / total if total else 0.0


def winnowed(hashed: Codes, window: int) -> Places:
    """Where the least hash of every `window` runs stands: the fingerprints that two texts sharing a stretch share.

    Source: Schleimer, Wilkerson and Aiken (2003), "Winnowing: local algorithms for document fingerprinting".
    """
    if len(hashed) == 0:
        return np.zeros(0, dtype=np.int64)
    window = min(window, len(hashed))
    views = np.lib.stride_tricks.sliding_window_view(hashed, window)
    rightmost = window - 1 - views[:, ::-1].argmin(axis=1)
    return np.unique(rightmost + np.arange(len(views)))


def shared_stretches(one: Codes, other: Codes, *, size: int, least: int) -> tuple[tuple[int, int, int], ...]:
    """Stretches of letters in both, longest first: (start in one, start in other, how many letters).

    Runs of `size` letters are the seeds; stretches shorter than `least` are left out. Of a run that a text repeats
    the first place counts. Stretches may touch but do not overlap in `one`.
    """
    first = {value: place for place, value in reversed(list(enumerate(hashes(other, size).tolist())))}
    found, place, own = [], 0, hashes(one, size).tolist()
    while place < len(own):
        start = first.get(own[place])
        if start is None or one[place] != other[start]:
            place += 1
            continue
        most = min(len(one) - place, len(other) - start)
        unlike = np.flatnonzero(one[place : place + most] != other[start : start + most])
        length = int(unlike[0]) if len(unlike) else most
        if length >= least:
            found.append((place, start, length))
        place += max(length, 1)
    return tuple(sorted(found, key=lambda stretch: (-stretch[2], stretch[0])))
