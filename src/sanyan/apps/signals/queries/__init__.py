"""Signals within the viewer's sight: the inbox, one signal with all behind it, and how often warnings came true."""

from sanyan.apps.signals.queries.cases import Deed, SignalDetail, SignalPerson, signal
from sanyan.apps.signals.queries.inbox import (
    Member,
    SignalCounts,
    SignalFilter,
    SignalInfo,
    WatchInfo,
    counts,
    inbox,
    watch,
)
from sanyan.apps.signals.queries.precision import Precision, PrecisionRow, precision

__all__ = [
    "Deed",
    "Member",
    "Precision",
    "PrecisionRow",
    "SignalCounts",
    "SignalDetail",
    "SignalFilter",
    "SignalInfo",
    "SignalPerson",
    "WatchInfo",
    "counts",
    "inbox",
    "precision",
    "signal",
    "watch",
]
