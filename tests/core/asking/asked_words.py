"""The words that the tests of questions are asked over."""

from __future__ import annotations

from datetime import date
from functools import cache

from evals.ask import shipped_vocabulary

from sanyan.core.asking.vocabulary import Vocabulary


@cache
def words() -> Vocabulary:
    """The shipped registry and example framework, in July of 2568."""
    return shipped_vocabulary(date(2025, 7, 10))
