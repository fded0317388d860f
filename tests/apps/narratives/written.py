"""Areas that wrote something, and a stand-in for a model of meaning: words that share letters lie near each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from tests.factories import NOW, World, certify, small_world

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.narratives import actions
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState
from sanyan.core.thai.words import terms
from sanyan.engines.language.base import Vectors

TEACHERS = "โรงเรียนขนาดเล็กขาดแคลนครู ครูไม่ครบชั้น ต้องสอนควบชั้นทุกวัน"
NET = "สัญญาณอินเทอร์เน็ตไม่เสถียร โรงเรียนบนพื้นที่สูงเรียนออนไลน์ไม่ได้"


class WordVectors:
    """The mean of a fixed direction for each word: equal words give equal vectors on every machine."""

    model_id = "word-vectors-1"
    dimensions = 64

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(len(texts), self.dimensions)

    queries = passages

    def _vector(self, text: str) -> Any:
        total = np.zeros(self.dimensions)
        for word in terms(text):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
            total += np.random.default_rng(seed).normal(size=self.dimensions)
        return total / (np.linalg.norm(total) or 1.0)


def wrote(**fields: str) -> FilledAnswer:
    return FilledAnswer("QUA-04", AnswerState.REPORTED, text=fields)


def read_all() -> actions.Reading:
    return actions.read_certified(by=SYSTEM, now=NOW)


def small_world_of_texts() -> World:
    """Two areas short of teachers, one without a network, one with nothing to tell."""
    made = small_world()
    certify(made, "A1", wrote(title="แก้ปัญหาครู", problem=TEACHERS))
    certify(made, "A2", wrote(title="จัดครูหมุนเวียน", problem="ครูไม่ครบชั้นในโรงเรียนขนาดเล็ก จึงใช้ครูหมุนเวียนระหว่างโรงเรียน"))
    certify(made, "B1", wrote(title="อินเทอร์เน็ตโรงเรียน", problem=NET))
    certify(made, "B2", wrote(title="งานปกติของเขต", problem="ไม่มี"))
    return made
