from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sanyan.apps.accounts.access import SYSTEM, Viewer, visible_organisations
from sanyan.apps.signals.catalogue import rule_of
from sanyan.apps.signals.models import Signal, SignalMember
from sanyan.core.errors import NotFoundError
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.core.stats.intervals import Interval, wilson
from sanyan.core.warning.levels import LEVELS, level_of

CONFIDENCE = 0.8


@dataclass(frozen=True)
class PrecisionRow:
    """One rule at one level of probability: what was expected, what came, and how people closed them.

    `said` units were warned of, `settled` of them can be told by now, `came` came true: `share` is that with its 80 %
    interval, beside `expected`, the mean probability of the settled. `lead` is the median months between the round
    that warned and the round warned of. `outcomes` counts closed signals of the level by how they ended.
    """

    rule_code: str
    rule_name: Words
    level: str
    said: int
    settled: int
    came: int
    share: Interval | None
    expected: float | None
    lead: float | None
    outcomes: dict[str, int]

    @property
    def useful(self) -> Interval | None:
        """The share of closed signals that were not false alarms, with its 80 % interval."""
        closed = sum(self.outcomes.values())
        return wilson(closed - self.outcomes.get("false_alarm", 0), closed, confidence=CONFIDENCE) if closed else None


@dataclass(frozen=True)
class Precision:
    """How often warnings came true, in practice data or in real."""

    rows: tuple[PrecisionRow, ...]
    brier: float | None
    settled: int


class _Said(NamedTuple):
    """One unit of a signal, as far as it is counted here."""

    rule_code: str
    probability: float
    came_true: bool | None
    expected_of: str
    fiscal_year: int
    month: int

    @property
    def lead(self) -> float:
        """Months between the end of the round that warned and of the round that was warned of."""
        of = RoundKey.parse(self.expected_of)
        return float(12 * (of.fiscal_year - self.fiscal_year) + of.month - self.month)


_SAID = (
    "signal__rule_code",
    "probability",
    "came_true",
    "expected_of",
    "signal__round__fiscal_year",
    "signal__round__month",
)


def precision(*, viewer: Viewer, is_practice: bool) -> Precision:
    """The measured table of all signals, for anybody who may see figures: it names no place.

    What the system itself closed because the data changed is no judgement of people and is left out of outcomes.
    """
    scope = visible_organisations(viewer=viewer)
    if not scope.everything and not scope.ids:
        raise NotFoundError
    groups: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for said in map(
        _Said._make, SignalMember.objects.filter(signal__round__is_practice=is_practice).values_list(*_SAID)
    ):
        groups[said.rule_code, level_of(said.probability)].append(said)
    closed = _outcomes(is_practice)
    rows = [
        _row(code, level, groups.get((code, level), []), closed.get((code, level), {}))
        for code in sorted({code for code, _ in (*groups, *closed)})
        for level in LEVELS
        if (code, level) in groups or (code, level) in closed
    ]
    settled = [said for group in groups.values() for said in group if said.came_true is not None]
    brier = sum((said.probability - bool(said.came_true)) ** 2 for said in settled) / len(settled) if settled else None
    return Precision(tuple(rows), brier, len(settled))


def _outcomes(is_practice: bool) -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Signal.objects.filter(state=Signal.State.CLOSED, round__is_practice=is_practice).exclude(
        closed_by=SYSTEM.name
    )
    for code, probability, outcome in rows.values_list("rule_code", "probability", "outcome"):
        found[code, level_of(probability)][outcome] += 1
    return {key: dict(outcomes) for key, outcomes in found.items()}


def _row(code: str, level: str, told: list[_Said], outcomes: dict[str, int]) -> PrecisionRow:
    settled = [said for said in told if said.came_true is not None]
    came = sum(bool(said.came_true) for said in settled)
    leads = sorted(said.lead for said in told if said.expected_of)
    rule = rule_of(code)
    return PrecisionRow(
        rule_code=code,
        rule_name=rule.name if rule else Words(code, code),
        level=level,
        said=len(told),
        settled=len(settled),
        came=came,
        share=wilson(came, len(settled), confidence=CONFIDENCE) if settled else None,
        expected=sum(said.probability for said in settled) / len(settled) if settled else None,
        lead=leads[len(leads) // 2] if leads else None,
        outcomes=outcomes,
    )
