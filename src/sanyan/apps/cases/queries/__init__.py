"""Case studies: the library for everyone, candidates within sight, one case whole, and how cases are selected."""

from sanyan.apps.audit.queries import Deed
from sanyan.apps.cases.queries.library import candidates, cases_for, counts, library
from sanyan.apps.cases.queries.matching import similar_to_my_area, suits_my_area
from sanyan.apps.cases.queries.reading import case
from sanyan.apps.cases.queries.selections import may_open, selection, selections
from sanyan.apps.cases.queries.types import (
    CaseCounts,
    CaseDetail,
    CaseFilter,
    CaseInfo,
    CasePlaceInfo,
    Decided,
    EntryView,
    FieldView,
    Match,
    PairView,
    SelectionDetail,
    SelectionInfo,
    SourceView,
    SpreadRow,
)

__all__ = [
    "CaseCounts",
    "CaseDetail",
    "CaseFilter",
    "CaseInfo",
    "CasePlaceInfo",
    "Decided",
    "Deed",
    "EntryView",
    "FieldView",
    "Match",
    "PairView",
    "SelectionDetail",
    "SelectionInfo",
    "SourceView",
    "SpreadRow",
    "candidates",
    "case",
    "cases_for",
    "counts",
    "library",
    "may_open",
    "selection",
    "selections",
    "similar_to_my_area",
    "suits_my_area",
]
