"""Something the reader of a statistic must know: what was left out or held to be so, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """How many things it concerns, said in both languages; `code` is stable."""

    code: str
    count: int
    th: str
    en: str
