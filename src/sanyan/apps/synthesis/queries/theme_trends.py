"""Themes over time and place, and beside the numbers that they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives import queries as narratives
from sanyan.apps.narratives.queries import Mentions, ThemeSetInfo, Writer
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Direction, Indicator, Kind
from sanyan.core.text.themes.trends import (
    BesideNumber,
    Change,
    Course,
    Report,
    Share,
    theme_beside_number,
    theme_shares,
)
from sanyan.core.thai.words import content_terms

MOST_INDICATORS = 2  # beside one theme
FEW_INDICATORS = 4  # a word in the names of more of them (school, pupils) tells no two apart
LEAST_SHARED = 2  # what a theme and an indicator must share
LABEL_WEIGHT = 2  # what a word of the label a person gave counts beside one of the method


@dataclass(frozen=True)
class BesideIndicator:
    """A number held against a theme: the areas that speak of it, and those that do not."""

    indicator: Indicator
    round_id: int
    found: BesideNumber


@dataclass(frozen=True)
class ThemeTrend:
    """One theme in a round: its share, that of the same round in earlier years, by region and type."""

    theme_id: int
    label_th: str
    label_en: str
    now: Share | None
    before: tuple[Share, ...]
    change: Change | None
    regions: tuple[Share, ...]
    types: tuple[Share, ...]
    beside: tuple[BesideIndicator, ...]

    @property
    def course(self) -> str:
        """rising, falling or unclear."""
        return (self.change.course if self.change else Course.UNCLEAR).value


@dataclass(frozen=True)
class ThemeTrends:
    """The themes of a signed set in a round, the most areas first."""

    theme_set: ThemeSetInfo
    round_id: int
    before: tuple[RoundInfo, ...]
    themes: tuple[ThemeTrend, ...]
    regions: dict[str, tuple[str, str]]


def theme_trends(*, viewer: Viewer, theme_set_id: int, round_id: int) -> ThemeTrends:
    """How many areas speak of each theme, against the same round of earlier years: rounds are cumulative."""
    view = narratives.theme_set(viewer=viewer, id=theme_set_id)
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    years = _same_rounds(viewer, info)
    held = narratives.mentions(viewer=viewer, theme_set_id=theme_set_id, round_ids=[item.id for item in years])
    themes = [str(theme.id) for theme in view.themes]
    reports = list(_reports(held))
    shares = theme_shares(reports, themes, [str(item.id) for item in years])
    words = {theme.id: (theme.label_th, theme.words) for theme in view.themes}
    numbers = _Numbers(viewer, info, held)
    found = [
        ThemeTrend(
            theme_id=theme.id,
            label_th=theme.label_th,
            label_en=theme.label_en,
            now=_of(shares.overall, theme.id, info.id),
            before=tuple(item for item in shares.overall if item.theme == str(theme.id) and item.round != str(info.id)),
            change=next(
                (item for item in shares.changes if item.theme == str(theme.id) and item.after == str(info.id)), None
            ),
            regions=_groups(shares.by_region, theme.id, info.id),
            types=_groups(shares.by_type, theme.id, info.id),
            beside=numbers.beside(theme.id, *words[theme.id]),
        )
        for theme in view.themes
    ]
    regions = {
        str(item.id): (item.name_th, item.name_en or item.name_th) for item in organisations.regions(on=info.data_until)
    }
    return ThemeTrends(
        theme_set=view.info,
        round_id=info.id,
        before=tuple(item for item in years if item.id != info.id),
        themes=tuple(sorted(found, key=lambda item: -(item.now.mentioning or 0) if item.now else 0)),
        regions=regions,
    )


class _Numbers:
    """The figures of areas, looked up once for each indicator that a theme belongs to."""

    def __init__(self, viewer: Viewer, info: RoundInfo, held: Mentions) -> None:
        self.viewer, self.info, self.held = viewer, info, held
        framework = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
        self.indicators = [item for item in framework.indicators if item.kind is not Kind.NARRATIVE]
        terms = {item.code: frozenset(content_terms(item.name_th)) for item in self.indicators}
        held_by = Counter(term for own in terms.values() for term in own)
        self.terms = {code: frozenset(t for t in own if held_by[t] <= FEW_INDICATORS) for code, own in terms.items()}
        self.values: dict[str, tuple[int, dict[int, float]] | None] = {}

    def beside(self, theme_id: int, label: str, words: Sequence[str]) -> tuple[BesideIndicator, ...]:
        spoke = {writer.organisation_id for writer in self.held.spoke.get(theme_id, {}).get(self.info.id, ())}
        wrote = sorted(writer.organisation_id for writer in self.held.wrote.get(self.info.id, ()))
        found = []
        for indicator in self._belonging(label, words):
            known = self._values(indicator)
            if known is None:
                continue
            round_id, values = known
            beside = theme_beside_number(
                [area in spoke for area in wrote],
                [values.get(area) for area in wrote],
                higher_is_better=None
                if indicator.direction is Direction.NONE
                else indicator.direction is Direction.HIGHER,
            )
            if beside.difference is not None:
                found.append(BesideIndicator(indicator, round_id, beside))
        return tuple(found)

    def _belonging(self, label: str, words: Sequence[str]) -> list[Indicator]:
        """Indicators that share words with a theme; the label, which a person gave, counts more."""
        of_label = frozenset(content_terms(label))
        of_words = frozenset(term for word in words for term in content_terms(word)) - of_label
        scored = [
            (LABEL_WEIGHT * len(of_label & self.terms[item.code]) + len(of_words & self.terms[item.code]), item)
            for item in self.indicators
        ]
        near = sorted((pair for pair in scored if pair[0] >= LEAST_SHARED), key=lambda pair: (-pair[0], pair[1].code))
        return [item for _, item in near[:MOST_INDICATORS]]

    def _values(self, indicator: Indicator) -> tuple[int, dict[int, float]] | None:
        """The latest figures of the year, of this round or the one before it."""
        if indicator.code not in self.values:
            self.values[indicator.code] = self._looked_up(indicator.code)
        return self.values[indicator.code]

    def _looked_up(self, code: str) -> tuple[int, dict[int, float]] | None:
        for round_id in (self.info.id, self.info.previous_id):
            if round_id is None:
                continue
            try:
                profile = analytics.indicator_profile(viewer=self.viewer, round_id=round_id, code=code)
            except NotFoundError:
                continue
            values = {item.area.id: item.figure.value for item in profile.areas if item.figure.value is not None}
            if values:
                return round_id, values
        return None


def _same_rounds(viewer: Viewer, info: RoundInfo) -> list[RoundInfo]:
    """The rounds of the same month and kind up to this one, the earliest first."""
    rounds = frameworks.rounds(viewer=viewer, framework_code=info.framework_code, is_practice=info.is_practice)
    same = [item for item in rounds if item.key.month == info.key.month and item.key <= info.key]
    return sorted(same, key=lambda item: item.key)


def _reports(held: Mentions) -> Iterable[Report]:
    for round_id, writers in held.wrote.items():
        of_area: dict[Writer, set[str]] = {writer: set() for writer in writers}
        for theme, rounds in held.spoke.items():
            for writer in rounds.get(round_id, ()):
                of_area.setdefault(writer, set()).add(str(theme))
        for writer, themes in of_area.items():
            yield Report(
                organisation=str(writer.organisation_id),
                round=str(round_id),
                themes=frozenset(themes),
                region=str(writer.region_id) if writer.region_id else "",
                type=writer.area_type,
            )


def _of(shares: Sequence[Share], theme_id: int, round_id: int) -> Share | None:
    return next((item for item in shares if item.theme == str(theme_id) and item.round == str(round_id)), None)


def _groups(shares: Sequence[Share], theme_id: int, round_id: int) -> tuple[Share, ...]:
    return tuple(item for item in shares if item.theme == str(theme_id) and item.round == str(round_id))
