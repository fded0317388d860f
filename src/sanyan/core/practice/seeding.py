"""Independent random streams by name, so that one report can be made without the others and in any order."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def stream(seed: int, *path: str | int) -> np.random.Generator:
    """A generator that depends on `seed` and on `path` only. Strings are hashed by CRC-32, which never varies."""
    key = tuple(part if isinstance(part, int) else zlib.crc32(part.encode()) for part in path)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


class Dice:
    """Cheap draws for text: uniforms are drawn in blocks, as one call a choice would cost more than the text."""

    def __init__(self, rng: np.random.Generator, block: int = 512) -> None:
        self._rng = rng
        self._block = block
        self._held: list[float] = []

    def uniform(self) -> float:
        """The next number in [0, 1)."""
        if not self._held:
            self._held = self._rng.random(self._block).tolist()
        return self._held.pop()

    def chance(self, share: float) -> bool:
        """True in `share` of draws."""
        return self.uniform() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`, each as likely."""
        return choices[int(self.uniform() * len(choices))]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different members of `choices` in random order, all of them when there are fewer."""
        left = list(choices)
        taken: list[T] = []
        while left and len(taken) < count:
            taken.append(left.pop(int(self.uniform() * len(left))))
        return taken
