"""What can be read of texts and themes."""

from sanyan.apps.narratives.queries.reading import passage, passages_of_source, source_view, text_counts, unread
from sanyan.apps.narratives.queries.searching import search, similar
from sanyan.apps.narratives.queries.types import (
    PassageFilters,
    PassageHit,
    PassageInfo,
    SearchResults,
    SourceView,
    TextCounts,
    ThemeCount,
    UnreadInfo,
)

__all__ = [
    "PassageFilters",
    "PassageHit",
    "PassageInfo",
    "SearchResults",
    "SourceView",
    "TextCounts",
    "ThemeCount",
    "UnreadInfo",
    "passage",
    "passages_of_source",
    "search",
    "similar",
    "source_view",
    "text_counts",
    "unread",
]
