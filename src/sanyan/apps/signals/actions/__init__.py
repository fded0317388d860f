"""Signals are raised by looking over a round, answered by people, passed on when nobody answers, and held against what
came."""

from sanyan.apps.signals.actions.answering import acknowledge, act, assign, close, reopen
from sanyan.apps.signals.actions.escalating import escalate_overdue
from sanyan.apps.signals.actions.raising import WatchedRound, raise_signals
from sanyan.apps.signals.actions.verifying import verify_signals

__all__ = [
    "WatchedRound",
    "acknowledge",
    "act",
    "assign",
    "close",
    "escalate_overdue",
    "raise_signals",
    "reopen",
    "verify_signals",
]
