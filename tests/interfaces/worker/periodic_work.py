"""Things to do from time to time that tell when they were done."""

from __future__ import annotations

DONE: list[str] = []


def first() -> None:
    DONE.append("first")


def second() -> None:
    DONE.append("second")


def broken() -> None:
    raise RuntimeError("out of order")
