from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sanyan.core.signed_documents import Words
from sanyan.core.spans import Span


@dataclass(frozen=True)
class PassageFilters:
    """Which passages are meant; each field that is left out means any."""

    round_id: int | None = None
    region_id: int | None = None
    organisation_ids: frozenset[int] | None = None
    area_type: str = ""
    policy_area: str = ""
    indicator: str = ""
    field: str = ""
    stance: str = ""
    theme_id: int | None = None


@dataclass(frozen=True)
class PassageInfo:
    """A passage with all that says where it comes from. `text` has personal data masked where the reader's office did
    not write it."""

    id: int
    source_id: int
    organisation_id: int
    organisation_th: str
    organisation_en: str
    region_th: str
    region_en: str
    round_id: int
    round_th: str
    round_en: str
    policy_area: str
    indicator_code: str
    indicator_th: str
    indicator_en: str
    field_key: str
    field_th: str
    field_en: str
    stance: str
    text: str
    file_name: str
    page: int | None
    how: str
    orders: bool
    is_live: bool


@dataclass(frozen=True)
class PassageHit:
    """A passage that was found, how well it fits, where the words that were asked for stand in its text, and how many
    more were found that say nearly the same word for word."""

    passage: PassageInfo
    score: float
    highlights: tuple[Span, ...] = ()
    copies: int = 0


@dataclass(frozen=True)
class SearchResults:
    """What a search found: the best `hits` of `total`. `note` says what the reader should know of how it was done."""

    hits: tuple[PassageHit, ...]
    total: int
    dense: bool
    note: Words | None = None


@dataclass(frozen=True)
class SourceView:
    """A whole source text with a passage in it, for the page that a quote opens.

    `marks` are (start, end, kind) over `text`: the passage, repaired stretches, orders to a machine.
    """

    passage: PassageInfo
    text: str
    original: str
    marks: tuple[tuple[int, int, str], ...]
    repaired: int
    hidden: tuple[str, ...]
    masked: bool
    submission_id: int
    read_at: datetime


@dataclass(frozen=True)
class UnreadInfo:
    """What could not be read of a file, and what to do."""

    organisation_th: str
    organisation_en: str
    organisation_id: int
    round_id: int
    file_name: str
    place: Words
    code: str
    reason: Words
    after: Words
    found_at: datetime


@dataclass(frozen=True)
class TextCounts:
    """How much there is to read: live passages, areas, those with a vector, unread parts, and texts with marks."""

    passages: int
    areas: int
    with_vector: int
    unread: int
    repaired: int
    orders: int


@dataclass(frozen=True)
class ThemeCount:
    """How many areas speak of a theme, near-copies counted once. `low` and `high` bound the share (95 %)."""

    theme_id: int
    theme_set_id: int
    label_th: str
    label_en: str
    stance: str
    passages: int
    areas: int
    areas_reporting: int
    low: float
    high: float
    regions: int
    signed: bool
    quotes: tuple[PassageInfo, ...] = field(default=())

    @property
    def share(self) -> float:
        """Share of reporting areas that speak of it, 0-1."""
        return self.areas / self.areas_reporting if self.areas_reporting else 0.0
