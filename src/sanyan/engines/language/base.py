"""The protocols of language machinery. What implements them: one file each; which one is used: `registry`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is how alike they are in meaning."""

    @property
    def model_id(self) -> str:
        """Name, version and hash of the weights; vectors of different ids are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector holds."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1 of texts that are searched, shape (len(texts), dimensions)."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1 of texts that search, shape (len(texts), dimensions)."""
        ...


@dataclass(frozen=True)
class ChatReply:
    """What a language model said, and what it took: tokens in and out (None where it does not tell), seconds."""

    text: str
    model: str
    tokens_in: int | None
    tokens_out: int | None
    seconds: float


class ChatModel(Protocol):
    """A language model without tools, asked for JSON of a closed schema."""

    @property
    def model_id(self) -> str:
        """What answers and caches are kept by."""
        ...

    def ask(self, *, system: str, user: str, schema: Mapping[str, object], max_tokens: int) -> ChatReply:
        """One question, one reply; raise `LanguageEngineError` (no answer in time, refused, not reachable)."""
        ...
