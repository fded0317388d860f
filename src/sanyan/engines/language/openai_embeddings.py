"""Vectors of meaning from a server that speaks the OpenAI embeddings protocol. Texts leave this machine: whoever calls
it takes personal data out first."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import httpx
import numpy as np

from sanyan.core.thai.words import normal
from sanyan.engines.language.base import Vectors
from sanyan.engines.language.errors import LanguageEngineError

BATCH = 64
MOST_CHARACTERS = 6_000
TIMEOUT = httpx.Timeout(60.0, connect=5.0)
_MOST_DIMENSIONS = 8_192


class OpenAiEmbeddings:
    """An embedder behind `POST {url}/embeddings`, such as `http://10.0.0.5:8000/v1`."""

    def __init__(self, url: str, model: str, key: str = "", transport: httpx.BaseTransport | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._model = model
        self._client = httpx.Client(
            base_url=url.rstrip("/") + "/", headers=headers, timeout=TIMEOUT, transport=transport, trust_env=False
        )
        self._dimensions = 0
        self._asking = threading.Lock()

    @property
    def model_id(self) -> str:
        """The model's name; the server does not tell its weights."""
        return f"openai/{self._model}"

    @property
    def dimensions(self) -> int:
        """How many numbers a vector holds; asks the server once. Raise LanguageEngineError."""
        with self._asking:
            if not self._dimensions:
                self._dimensions = self._batch(["passage: ก"]).shape[1]
        return self._dimensions

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1 of texts that are searched, shape (len(texts), dimensions). Raise LanguageEngineError."""
        return self._vectors(texts, "passage: ")

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1 of texts that search, shape (len(texts), dimensions). Raise LanguageEngineError."""
        return self._vectors(texts, "query: ")

    def _vectors(self, texts: Sequence[str], role: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        before = role if "e5" in self._model.lower() else ""  # E5 was trained with it; others were not
        made = [before + (normal(text[:MOST_CHARACTERS]) or "-") for text in texts]  # an empty text is refused
        return np.concatenate([self._batch(made[start : start + BATCH]) for start in range(0, len(made), BATCH)])

    def _batch(self, texts: Sequence[str]) -> Vectors:
        asked = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        try:
            reply = self._client.post("embeddings", json=asked)
            reply.raise_for_status()
            data = sorted(reply.json()["data"], key=lambda item: item["index"])
            made = np.asarray([item["embedding"] for item in data], np.float32)
            lengths = np.linalg.norm(made, axis=1, keepdims=True)
            if not (len(made) == len(texts) and 0 < made.shape[1] <= _MOST_DIMENSIONS and np.isfinite(made).all()):
                raise ValueError("another shape than promised")
            return (made / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        except httpx.HTTPStatusError as error:
            raise _error(f"it answered {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise _error(type(error).__name__) from error
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise _error("its answer was not of the promised shape") from error


def _error(why: str) -> LanguageEngineError:
    return LanguageEngineError(
        "embedder-no-answer",
        "เครื่องคำนวณความหมายไม่ตอบตามที่ควร ยังค้นด้วยคำได้",
        f"The server of vectors gave no usable answer: {why}. Search by words goes on.",
        next_th="ลองใหม่ภายหลัง หากยังเป็นอยู่ ตรวจที่อยู่และกุญแจในการตั้งค่า",
        next_en="Try again later; if it stays, check the address and the key in the settings.",
    )
