"""What the queries of cases answer with: plain values, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sanyan.apps.audit.queries import Deed
from sanyan.core.cases.criteria import SelectionRule
from sanyan.core.cases.suitability import Suitability
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words


@dataclass(frozen=True)
class CasePlaceInfo:
    """Where a case comes from. `in_sight` says whether the viewer sees the area's own pages."""

    id: int
    code: str
    short_th: str
    name_en: str
    area_type: str
    size_band: str
    region_code: str
    region_th: str
    region_en: str
    schools: int | None
    in_sight: bool


@dataclass(frozen=True)
class CaseInfo:
    """One case as lists show it. `figures` is its outcome as kept ({} where it names no indicator); `copy` the first of
    what was done, `needs` the first of what must be in place, both "" where they are missing. `standings` counts the
    parts of the card by how they stand; `is_tied` whether its texts speak of the very indicator."""

    id: int
    origin: str
    via: str
    state: str
    place: CasePlaceInfo
    school_name: str
    round_id: int
    round: RoundKey
    framework_code: str
    is_practice: bool
    policy_area: str
    policy: Words
    indicator_code: str
    title: str
    is_tied: bool
    figures: Mapping[str, Any]
    rounds_above: int
    copy: str
    needs: str
    standings: Mapping[str, int]
    proposed_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class CaseFilter:
    """Which cases; "" or None: any. `organisation_ids` narrows to areas."""

    policy_area: str = ""
    region_code: str = ""
    area_type: str = ""
    size_band: str = ""
    origin: str = ""
    state: str = ""
    framework_code: str = ""
    is_practice: bool | None = None
    indicator_code: str = ""
    organisation_id: int | None = None
    text: str = ""


@dataclass(frozen=True)
class CaseCounts:
    """How many cases are in the library, and how many are on their way."""

    published: int
    waiting: int


@dataclass(frozen=True)
class QuoteView:
    """A quote as the viewer may read it, and the number of its mark in its source."""

    source: str
    mark: int
    text: str


@dataclass(frozen=True)
class FieldView:
    """One part of a card with what it rests on."""

    field: str
    value: str
    standing: str
    basis: str
    quotes: tuple[QuoteView, ...]
    edited_at: datetime | None
    edited_by: str


@dataclass(frozen=True)
class Segment:
    """A stretch of a source's text; `mark` numbers it where it is quoted, None elsewhere."""

    text: str
    mark: int | None = None


@dataclass(frozen=True)
class SourceView:
    """A source as it was read, with the places that are quoted. `unused` tells why it gave the card nothing."""

    key: str
    kind: str
    round: RoundKey
    indicator_code: str
    name: Words
    segments: tuple[Segment, ...]
    unused: str
    taken_at: datetime


@dataclass(frozen=True)
class PairView:
    """A weak area of like context; without a name where it is not in the viewer's sight."""

    place: CasePlaceInfo | None
    distance: float
    why: Words
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Decided:
    """What a selection decided of a case, and why."""

    selection_id: int
    name: str
    level: str
    decision: str
    reason: str
    decided_by: str


@dataclass(frozen=True)
class CaseRights:
    """What the viewer may do with a case as it stands."""

    edit: bool = False
    verify: bool = False
    publish: bool = False
    tell: bool = False
    withdraw: bool = False
    assign: bool = False


@dataclass(frozen=True)
class CaseDetail:
    """A case whole. `masked` says that names of people are hidden from this viewer."""

    info: CaseInfo
    parts: Mapping[str, tuple[FieldView, ...]]
    sources: tuple[SourceView, ...]
    pairs: tuple[PairView, ...]
    evidence: tuple[Mapping[str, Any], ...]
    why_nominated: str
    proposed_by: str
    verified_at: datetime | None
    verified_by: str
    withdrawn_because: str
    reviewer: str
    reviewers: tuple[tuple[int, str], ...]
    decided: tuple[Decided, ...]
    deeds: tuple[Deed, ...]
    rights: CaseRights
    masked: bool


@dataclass(frozen=True)
class Match:
    """A published case held against the viewer's area."""

    case: CaseInfo
    suits: Suitability


@dataclass(frozen=True)
class ScoreView:
    """The scores of one criterion: their mean, and who gave what."""

    criterion: str
    mean: float | None
    given: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class EntryView:
    """A case in a selection: scores, what the rules suggest and why, what people decided and why."""

    id: int
    case: CaseInfo
    scores: tuple[ScoreView, ...]
    total: float | None
    suggested: str
    suggested_why: Words
    decision: str
    reason: str
    decided_at: datetime | None
    decided_by: str
    may_score: bool


@dataclass(frozen=True)
class SpreadRow:
    """How many of the chosen come from one region, type or size, and how many the spread allows (None: any)."""

    dimension: str
    kind: str
    name: Words
    chosen: int
    standing: int
    room: int | None


@dataclass(frozen=True)
class SelectionInfo:
    """A round of selection as lists show it."""

    id: int
    name: str
    level: str
    place: Words
    round: RoundKey
    round_id: int
    is_practice: bool
    target_group: str
    seats: int
    entries: int
    decided: int
    chosen: int
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str


@dataclass(frozen=True)
class SelectionDetail:
    """A round of selection whole: `unseen` entries are of cases that the viewer may not see."""

    info: SelectionInfo
    rule: SelectionRule
    next_review: date
    entries: tuple[EntryView, ...]
    unseen: int
    spread: tuple[SpreadRow, ...]
    may_select: bool
