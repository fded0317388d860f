"""A file on its way to a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Download:
    """A file to hand over: the name to keep it under, and its bytes."""

    file_name: str
    data: bytes
