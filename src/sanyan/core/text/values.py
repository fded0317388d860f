"""What every part of the work with text shares: how a text is meant."""

from __future__ import annotations

from enum import StrEnum


class Stance(StrEnum):
    """How the field of a form asks its text to be meant."""

    SUCCESS = "success"
    PROBLEM = "problem"
    SUGGESTION = "suggestion"
    OTHER = "other"
