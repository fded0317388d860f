"""From all candidates to the few that deserve attention: gathered by place and cause, ranked, within a budget."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sanyan.core.signed_documents import Severity, Words
from sanyan.core.warning.candidates import SYSTEM, Candidate, in_one_line, percent
from sanyan.core.warning.definitions import RuleKind

_WEIGHTS = {Severity.HIGH: 1.0, Severity.MEDIUM: 0.7, Severity.LOW: 0.4}
_KNOWN_ALREADY = 0.6  # who is behind already knows; a warning is worth more while the target is still met
_ORDER = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


class Scope(StrEnum):
    """Whom a signal is about: one unit, a region's units together, or the whole system."""

    UNIT = "unit"
    REGION = "region"
    SYSTEM = "system"


@dataclass(frozen=True)
class Attention:
    """How much people can look at. `share` of the units is the budget of signals a round and family, at least
    `fewest`; a unit takes at most `a_unit` of them, one cause (rule and indicator) at most `a_cause` of the whole.
    Of figures, what is expected has half, so that what has happened already does not crowd out what can still be
    turned; what one half leaves the other may take. Units are told together when at least `region_fewest` and
    `region_share` of a region, or `system_share` of all, have the same cause; of reports, when more than `a_cause` of
    the budget have it, since asking after twenty late reports is one task."""

    share: float = 0.10
    fewest: int = 3
    a_unit: int = 2
    a_cause: float = 0.25
    region_fewest: int = 4
    region_share: float = 0.5
    system_share: float = 0.25

    def budget(self, units: int) -> int:
        """How many signals of a family may be raised."""
        return max(self.fewest, round(self.share * units))

    def of_a_cause(self, units: int) -> int:
        """How many of those may be of one cause."""
        return max(1, round(self.a_cause * self.budget(units)))

    def is_everywhere(self, found: int, units: int, *, about_data: bool) -> bool:
        """Whether a cause found in so many of the units is told once for the whole system."""
        least = self.of_a_cause(units) + 1 if about_data else self.system_share * units
        return found >= max(self.region_fewest, least)


@dataclass(frozen=True)
class Draft:
    """A signal to raise: about a unit, a region or the system (`place` is the unit, the region, or "").

    `members` are the candidates it gathers, the likeliest first; of one unit it is one. `probability` is the mean of
    theirs. `rank` is its order within its family.
    """

    scope: Scope
    place: str
    lead: Candidate
    members: tuple[Candidate, ...]
    probability: float
    severity: Severity
    reason: Words
    rank: int = 0

    @property
    def weight(self) -> float:
        """What orders signals: probability, weighed by severity, less where the data is doubted or it is no news."""
        half = len(self.members) / 2
        weight = self.probability * _WEIGHTS[self.severity]
        weight *= sum(member.trust for member in self.members) / len(self.members)
        return weight * (_KNOWN_ALREADY if sum(member.is_known_already for member in self.members) > half else 1.0)


@dataclass(frozen=True)
class Selection:
    """What is raised and, so that nothing is lost silently, what was found beyond the budget. `merged` counts
    candidates that told of a cell another rule told of more strongly."""

    raised: tuple[Draft, ...]
    beyond: tuple[Draft, ...]
    merged: int
    budget: int


def select(
    candidates: Iterable[Candidate],
    *,
    regions: Mapping[str, str],
    names: Mapping[str, Words],
    attention: Attention,
) -> Selection:
    """Choose what to raise. `regions` gives each unit's region (all units that could be warned of), `names` each
    region's name for sentences.

    One cell (unit, indicator) speaks once, by its strongest rule. Units with the same cause (rule and indicator) are
    gathered by region or for the whole system; what is left stands alone. Figures and reports have a budget each.
    """
    found = list(candidates)
    kept = _once_a_cell(found)
    drafts = _gathered(kept, regions, names, attention)
    raised: list[Draft] = []
    beyond: list[Draft] = []
    for about_data in (False, True):
        family = [draft for draft in drafts if draft.lead.rule.kind.is_about_data is about_data]
        within, rest = _within(sorted(family, key=_order), len(regions), attention)
        raised += [replace(draft, rank=rank) for rank, draft in enumerate(within, start=1)]
        beyond += rest
    return Selection(tuple(raised), tuple(beyond), len(found) - len(kept), attention.budget(len(regions)))


def _order(draft: Draft) -> tuple[float, float, float, str, str, str, str]:
    """Heavier first; what weighs about the same by how far it reaches."""
    lead = draft.lead
    reach = sum(member.size for member in draft.members)
    return -round(draft.weight, 2), -reach, -draft.probability, draft.scope, draft.place, lead.rule.code, lead.indicator


def _once_a_cell(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The strongest candidate of each unit and indicator, with the codes of the other rules that found it too."""
    cells: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for held in candidates:
        is_cell = held.unit != SYSTEM and bool(held.indicator)
        cells[held.unit, held.indicator, "" if is_cell else held.rule.code].append(held)
    kept = []
    for group in cells.values():
        best = min(group, key=_strength)
        others = sorted({item.rule.code for item in group} - {best.rule.code})
        kept.append(replace(best, also=tuple(others)))
    return kept


def _strength(candidate: Candidate) -> tuple[float, int, float, str]:
    """What orders candidates of one cell, the strongest first; of equally strong ones the more telling rule."""
    weight = candidate.probability * _WEIGHTS[candidate.severity]
    weight *= candidate.trust * (_KNOWN_ALREADY if candidate.is_known_already else 1.0)
    return -round(weight, 2), list(RuleKind).index(candidate.rule.kind), -candidate.probability, candidate.variant


def _gathered(
    candidates: Sequence[Candidate], regions: Mapping[str, str], names: Mapping[str, Words], attention: Attention
) -> list[Draft]:
    causes: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    drafts = []
    for held in candidates:
        if held.unit == SYSTEM:
            drafts.append(_draft(Scope.SYSTEM, "", [held], held.reason))
        else:
            causes[held.rule.code, held.indicator, held.way].append(held)
    sizes = Counter(regions.values())
    for group in causes.values():
        drafts += _of_one_cause(group, regions, sizes, names, attention)
    return drafts


def _of_one_cause(
    group: list[Candidate],
    regions: Mapping[str, str],
    sizes: Mapping[str, int],
    names: Mapping[str, Words],
    attention: Attention,
) -> list[Draft]:
    total = len(regions)
    rule = group[0].rule
    everywhere_alike = attention.is_everywhere(len(group), total, about_data=rule.kind.is_about_data)
    if "group" in rule.reasons and everywhere_alike:
        everywhere = Words("ทั้งประเทศ", "in the whole country")
        of = int(group[0].words.get("known", total))  # those that have a figure
        return [_draft(Scope.SYSTEM, "", group, _group_reason(group, of, everywhere))]
    by_region: dict[str, list[Candidate]] = defaultdict(list)
    for held in group:
        by_region[regions.get(held.unit, "")].append(held)
    drafts = []
    for region, members in sorted(by_region.items()):
        size = sizes.get(region, 0)
        together = len(members) >= max(attention.region_fewest, attention.region_share * size)
        if region and together and "group" in rule.reasons:
            name = names.get(region, Words(region, region))
            place = Words(f"ใน{name.th}", f"in {name.en}")
            drafts.append(_draft(Scope.REGION, region, members, _group_reason(members, size, place)))
        else:
            drafts += [_draft(Scope.UNIT, member.unit, [member], member.reason) for member in members]
    return drafts


def _draft(scope: Scope, place: str, members: Sequence[Candidate], reason: Words) -> Draft:
    ordered = sorted(members, key=lambda item: (-item.probability, -item.size, item.unit))
    mean = sum(item.probability for item in ordered) / len(ordered)
    severity = _usual_severity(ordered)
    if scope is Scope.SYSTEM and severity is Severity.LOW:
        severity = Severity.MEDIUM  # small in each, and everywhere
    return Draft(scope, place, ordered[0], tuple(ordered), round(mean, 4), severity, reason)


def _usual_severity(members: Sequence[Candidate]) -> Severity:
    """The severity that at least half of the members reach."""
    ranks = sorted(_ORDER.index(item.severity) for item in members)
    return _ORDER[ranks[(len(ranks) - 1) // 2]]


def _group_reason(members: Sequence[Candidate], of: int, place: Words) -> Words:
    mean = sum(item.probability for item in members) / len(members)
    targets = {item.words.get("target", "") for item in members}
    words = {
        **members[0].words,
        "count": str(len(members)),
        "of": str(of),
        "place_th": place.th,
        "place_en": place.en,
        "probability": percent(mean),
        "least": percent(members[0].rule.parameters.get("least_probability", 0.0)),
        "target": targets.pop() if len(targets) == 1 else "–",
    }
    return in_one_line(members[0].rule.reasons["group"].filled(words))


def _within(family: Sequence[Draft], units: int, attention: Attention) -> tuple[list[Draft], list[Draft]]:
    """The drafts within the budget and those beyond, both in order: each half first, then whatever comes next."""
    budget = attention.budget(units)
    places = _Places(attention.a_unit, attention.of_a_cause(units))
    expected = [draft for draft in family if draft.lead.is_expected]
    seen = [draft for draft in family if not draft.lead.is_expected]
    halves = (expected, budget // 2), (seen, budget - budget // 2)
    for half, room in halves:
        for draft in half:
            if places.taken_by(half) < room:
                places.offer(draft)
    for draft in family:
        if len(places.taken) < budget:
            places.offer(draft)
    return [d for d in family if id(d) in places.taken], [d for d in family if id(d) not in places.taken]


class _Places:
    """Places given out so far, by unit and by cause."""

    def __init__(self, a_unit: int, a_cause: int) -> None:
        self.a_unit, self.a_cause = a_unit, a_cause
        self.taken: set[int] = set()
        self.units: Counter[str] = Counter()
        self.causes: Counter[tuple[str, str]] = Counter()

    def offer(self, draft: Draft) -> None:
        alone = draft.scope is Scope.UNIT
        cause = (draft.lead.rule.code, draft.lead.indicator)
        full = self.units[draft.place] >= self.a_unit or (draft.lead.indicator and self.causes[cause] >= self.a_cause)
        if id(draft) in self.taken or (alone and full):
            return
        self.taken.add(id(draft))
        self.units[draft.place] += alone
        self.causes[cause] += alone

    def taken_by(self, drafts: Sequence[Draft]) -> int:
        return sum(id(draft) in self.taken for draft in drafts)
