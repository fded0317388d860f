"""The reference engine: plain Python, made to be read. What it answers is what every engine must answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from threading import Lock

from sanyan.core.indicators.definitions import AnswerState, Direction, Indicator, Kind, Rollup
from sanyan.core.indicators.values import AnswerValue, RolledUp, roll_up
from sanyan.engines.stores.base import CubeQuery, Fact, Filters, Measure, Table, years_earlier
from sanyan.engines.stores.replacing import Identity, fact_order, identity, settle

Cell = tuple[str | bool, ...]


class MemoryStore:
    """A fact store that lives as long as the process."""

    def __init__(self) -> None:
        self._facts: dict[Identity, Fact] = {}
        self._changes = 0
        self._lock = Lock()

    def append(self, facts: Sequence[Fact]) -> None:
        """Keep facts; those of a source's earlier sequences stop counting."""
        if not facts:
            return
        with self._lock:
            latest = self.latest()
            settled = [f for f in settle(facts) if f.sequence >= latest.get(f.source, f.sequence)]
            newer = {f.source for f in settled if f.sequence > latest.get(f.source, f.sequence)}
            kept = {key: fact for key, fact in self._facts.items() if fact.source not in newer}
            kept.update((identity(fact), fact) for fact in settled)
            self._facts = kept
            self._changes += 1

    def remove_sources(self, sources: Iterable[str]) -> None:
        """Forget everything that came from these sources."""
        gone = set(sources)
        with self._lock:
            self._facts = {key: fact for key, fact in self._facts.items() if fact.source not in gone}
            self._changes += 1

    def query(self, question: CubeQuery) -> Table:
        """Answer from all facts that count."""
        now = self._cells(question, question.counting_filters())
        before: dict[Cell, list[Fact]] = {}
        if question.compare_years:
            before = self._cells(question, question.earlier_filters())
        rows = []
        for cell in sorted(now):
            figures = [_figure(measure, now[cell]) for measure in question.measures]
            if question.compare_years:
                earlier = before.get(_earlier(question, cell))
                figures += [None if earlier is None else _figure(measure, earlier) for measure in question.measures]
            rows.append((*cell, *figures))
        return Table(question.columns, tuple(rows))

    def facts(self, question_filters: Filters = ()) -> list[Fact]:
        """The facts themselves that count and pass the filters, sorted by organisation, indicator and
        round."""
        return sorted(self._passing(question_filters), key=fact_order)

    def latest(self) -> dict[str, int]:
        """The sequence that counts, by source."""
        return {fact.source: fact.sequence for fact in self._facts.values()}

    def version(self) -> str:
        """A token that changes whenever what counts changes."""
        return f"{id(self)}-{self._changes}"

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._facts = {}
            self._changes += 1

    def _passing(self, filters: Filters) -> list[Fact]:
        return [fact for fact in self._facts.values() if all(getattr(fact, name) in values for name, values in filters)]

    def _cells(self, question: CubeQuery, filters: Filters) -> dict[Cell, list[Fact]]:
        cells: dict[Cell, list[Fact]] = defaultdict(list)
        if not question.dimensions:
            cells[()] = []
        for fact in self._passing(filters):
            cells[tuple(getattr(fact, name) for name in question.dimensions)].append(fact)
        return cells


def _earlier(question: CubeQuery, cell: Cell) -> Cell:
    return tuple(
        years_earlier(str(held), question.compare_years) if name == "round" else held
        for name, held in zip(question.dimensions, cell, strict=True)
    )


def _figure(measure: Measure, facts: list[Fact]) -> float | None:
    return _FIGURES[measure](facts)


def _by_rule(facts: list[Fact]) -> list[RolledUp]:
    """One roll-up for each rule that the facts follow: nearly always a single one."""
    rules: dict[tuple[str, float], list[AnswerValue]] = defaultdict(list)
    for fact in facts:
        answer = AnswerValue(AnswerState(fact.state), fact.numerator, fact.denominator, fact.value)
        rules[fact.rollup, fact.per].append(answer)
    return [roll_up(_indicator(*rule), answers) for rule, answers in rules.items()]


def _common(facts: list[Fact]) -> RolledUp | None:
    """The roll-up of facts that follow one rule and of which one can be used, else None."""
    rolled = _by_rule(facts)
    return rolled[0] if len(rolled) == 1 and rolled[0].reported else None


def _value(facts: list[Fact]) -> float | None:
    common = _common(facts)
    return common.value if common else None


def _numerator(facts: list[Fact]) -> float | None:
    common = _common(facts)
    return common.numerator if common else None


def _denominator(facts: list[Fact]) -> float | None:
    common = _common(facts)
    return common.denominator if common else None


def _reported(facts: list[Fact]) -> float:
    return sum(rolled.reported for rolled in _by_rule(facts))


def _missing(facts: list[Fact]) -> float:
    return sum(rolled.missing for rolled in _by_rule(facts))


def _single_values(facts: list[Fact]) -> list[float]:
    return [f.value for f in facts if f.state == AnswerState.REPORTED and f.value is not None]


def _least(facts: list[Fact]) -> float | None:
    return min(_single_values(facts), default=None)


def _most(facts: list[Fact]) -> float | None:
    return max(_single_values(facts), default=None)


_FIGURES: dict[Measure, Callable[[list[Fact]], float | None]] = {
    Measure.VALUE: _value,
    Measure.NUMERATOR: _numerator,
    Measure.DENOMINATOR: _denominator,
    Measure.REPORTED: _reported,
    Measure.MISSING: _missing,
    Measure.LEAST: _least,
    Measure.MOST: _most,
}


@cache
def _indicator(rollup: str, per: float) -> Indicator:
    """An indicator that carries nothing but its roll-up rule."""
    return Indicator(
        code="",
        policy_area="",
        name_th="",
        name_en="",
        kind=Kind.NUMBER,
        unit_th="",
        unit_en="",
        direction=Direction.NONE,
        rollup=Rollup(rollup),
        months=(),
        per=per,
    )
