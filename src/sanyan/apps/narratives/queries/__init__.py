"""What can be read of texts and themes."""

from sanyan.apps.narratives.queries.describing import as_shown
from sanyan.apps.narratives.queries.lessons import Lessons, lessons
from sanyan.apps.narratives.queries.mentions import Mentions, Writer, mentions, theme_counts
from sanyan.apps.narratives.queries.reading import (
    lacks_vectors,
    passage,
    passages_of_source,
    source_view,
    text_counts,
    unread,
    voices_of,
)
from sanyan.apps.narratives.queries.rewritten import ModelCallInfo, Rewritten, model_calls, rewritten
from sanyan.apps.narratives.queries.searching import quotes_about, search, similar
from sanyan.apps.narratives.queries.themes import (
    AssignedPassage,
    ThemeInfo,
    ThemeSetInfo,
    ThemeSetView,
    passages_of_theme,
    theme,
    theme_set,
    theme_sets,
    themes_of_passage,
)
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
    "AssignedPassage",
    "Lessons",
    "Mentions",
    "ModelCallInfo",
    "PassageFilters",
    "PassageHit",
    "PassageInfo",
    "Rewritten",
    "SearchResults",
    "SourceView",
    "TextCounts",
    "ThemeCount",
    "ThemeInfo",
    "ThemeSetInfo",
    "ThemeSetView",
    "UnreadInfo",
    "Writer",
    "as_shown",
    "lacks_vectors",
    "lessons",
    "mentions",
    "model_calls",
    "passage",
    "passages_of_source",
    "passages_of_theme",
    "quotes_about",
    "rewritten",
    "search",
    "similar",
    "source_view",
    "text_counts",
    "theme",
    "theme_counts",
    "theme_set",
    "theme_sets",
    "themes_of_passage",
    "unread",
    "voices_of",
]
