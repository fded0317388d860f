"""Making and loading the practice year."""

from sanyan.apps.practice.actions.listening import read_what_was_written
from sanyan.apps.practice.actions.loading import PracticePlan, load_practice, open_practice_round, prepare, simulate

__all__ = [
    "PracticePlan",
    "load_practice",
    "open_practice_round",
    "prepare",
    "read_what_was_written",
    "simulate",
]
