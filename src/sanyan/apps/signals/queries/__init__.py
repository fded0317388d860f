"""Signals within the viewer's sight: the inbox, one signal with all behind it, and how often warnings came true."""

from sanyan.apps.audit.queries import Deed
from sanyan.apps.signals.catalogue import shipped_rules
from sanyan.apps.signals.queries.cases import SignalDetail, SignalPerson, signal
from sanyan.apps.signals.queries.inbox import (
    Member,
    SignalCounts,
    SignalFilter,
    SignalInfo,
    WatchInfo,
    counts,
    how_many,
    inbox,
    watch,
)
from sanyan.apps.signals.queries.news import RegionNews, SignalNews, news
from sanyan.apps.signals.queries.precision import Precision, PrecisionRow, precision

__all__ = [
    "Deed",
    "Member",
    "Precision",
    "PrecisionRow",
    "RegionNews",
    "SignalCounts",
    "SignalDetail",
    "SignalFilter",
    "SignalInfo",
    "SignalNews",
    "SignalPerson",
    "WatchInfo",
    "counts",
    "how_many",
    "inbox",
    "news",
    "precision",
    "shipped_rules",
    "signal",
    "watch",
]
