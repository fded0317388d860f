"""The practice world: any area's report of any round, made on its own, and the truth of what was planted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sanyan.core.forms.answers import FilledAnswer, FilledReport
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, Kind
from sanyan.core.practice import planting
from sanyan.core.practice.areas import PracticeArea, measures
from sanyan.core.practice.deeds import deed_of
from sanyan.core.practice.extras import carelessness, evidence_of, note_of, state_of
from sanyan.core.practice.faults import PlantedError, RawCell, full_marks, plant_error, raw_cells
from sanyan.core.practice.handing_in import HANDED_IN, IN_PROGRESS, NOT_STARTED, HandingIn, handing_in
from sanyan.core.practice.history import Figures, Setting, history, setting
from sanyan.core.practice.narrative.writer import Known, Written, short_name, write
from sanyan.core.practice.planting import Copy, Model, Plan, make_plan
from sanyan.core.practice.seeding import Dice, stream
from sanyan.core.rounds import RoundKey

RAW_CELL_REPORTS = 0.06
_HELD_HISTORIES = 300

Histories = Mapping[tuple[str, RoundKey], Figures]


@dataclass(frozen=True)
class PracticeReport:
    """A report and how it is handed in. `days_late` counts from the due date, None when not handed in.

    `errors` and `copied` are what was planted in it; `raw_cells` are to be written into the file as they are.
    """

    filled: FilledReport
    state: str
    days_late: int | None = None
    return_comment: str = ""
    raw_cells: tuple[RawCell, ...] = ()
    errors: tuple[PlantedError, ...] = ()
    copied: Copy | None = None
    copied_indicators: tuple[str, ...] = ()


@dataclass
class _Draft:
    """A report while it is being made: asked indicators, their states and figures, texts and what they quote."""

    items: tuple[Indicator, ...]
    states: dict[str, AnswerState]
    figures: dict[str, Figures]
    missing: frozenset[str]
    texts: dict[str, Mapping[str, str]]
    cited: set[str]


def build_world(
    framework: Framework,
    areas: Sequence[PracticeArea],
    rounds: Sequence[RoundKey],
    *,
    seed: int,
    scale: float = 1.0,
    version: int = 1,
    planted: bool = True,
) -> World:
    """A practice world of `areas` over `rounds`; `scale` multiplies schools, pupils and budgets.

    The same arguments always make the same world, and each report can be made without the others (in another
    process, too). With `planted` false nothing is planted, for comparison. Raise ValueError for a doubled area code.
    """
    codes = [area.code for area in areas]
    if len(set(codes)) != len(codes):
        raise ValueError("an area code occurs twice")
    return World(framework, tuple(areas), tuple(sorted(set(rounds))), seed, scale, version, planted)


class World:
    """Made by `build_world`. Holds no report: each is made when asked for."""

    def __init__(
        self,
        framework: Framework,
        areas: tuple[PracticeArea, ...],
        rounds: tuple[RoundKey, ...],
        seed: int,
        scale: float,
        version: int,
        planted: bool,
    ) -> None:
        self.framework, self.areas, self.rounds = framework, areas, rounds
        self.seed, self.scale, self.version = seed, scale, version
        self._area = {area.code: area for area in areas}
        self._handing = {
            (area.code, key): handing_in(area, key, newest=key == rounds[-1], seed=seed)
            for area in areas
            for key in rounds
            if framework.asked(month=key.month, area_type=area.area_type)
        }
        handed_in = frozenset(place for place, how in self._handing.items() if how.state in HANDED_IN)
        plan = make_plan(framework, areas, rounds, handed_in, seed=seed) if planted else Plan()
        self.shared: Setting = setting(framework, rounds, seed=seed, scale=scale, plan=plan)
        self._copies = {(c.area, c.round): c for c in plan.copies}
        self._errors = {(e.area, e.round): e.kind for e in plan.errors}
        self._typed = {
            place
            for place in sorted(handed_in)
            if planted and stream(seed, "typed", place[0], str(place[1])).random() < RAW_CELL_REPORTS
        }
        self._histories: dict[str, Histories] = {}

    @property
    def plan(self) -> Plan:
        """What is planted."""
        return self.shared.plan

    def handing(self, area_code: str, round_key: RoundKey) -> HandingIn | None:
        """How the report is handed in, without making it; None where nothing is asked."""
        return self._handing.get((area_code, round_key))

    def report(self, area_code: str, round_key: RoundKey) -> PracticeReport | None:
        """The report of an area in a round, None where nothing is asked of it; KeyError for an unknown area.

        A report in progress holds only its first answers, one not started none.
        """
        area = self._area[area_code]
        how = self._handing.get((area_code, round_key))
        if how is None:
            return None
        dice = Dice(stream(self.seed, "report", area_code, str(round_key)))
        if how.state == NOT_STARTED:
            return PracticeReport(self._filled(area, round_key, (), ()), how.state)
        draft = self._draft(area, round_key)
        copied = self._copy_text(draft, area, round_key)
        errors = self._plant(draft, area_code, round_key, dice)
        answers = self._answers(draft, round_key, dice)
        if how.state == IN_PROGRESS:
            answers = answers[: max(1, int(len(answers) * how.finished_share))]
        kept = {a.indicator for a in answers if a.state is AnswerState.REPORTED}
        backed = [item for item in draft.items if item.code in kept]
        evidence = evidence_of(backed, self.framework, area, round_key, dice)
        raw: tuple[RawCell, ...] = ()
        if (area_code, round_key) in self._typed:
            spoiled = {error.indicator for error in errors}
            free = [item for item in backed if item.code not in spoiled]
            raw = raw_cells(free, draft.states, draft.figures, dice)
        plan = self._copies.get((area_code, round_key))
        return PracticeReport(
            filled=self._filled(area, round_key, answers, evidence),
            state=how.state,
            days_late=how.days_late,
            return_comment=how.comment,
            raw_cells=raw,
            errors=errors,
            copied=plan if copied else None,
            copied_indicators=copied,
        )

    def truth(self) -> dict[str, Any]:
        """Everything planted, JSON-safe. Makes the reports that hold errors, copies or odd cells to list them."""
        found: list[dict[str, Any]] = []
        copies: list[dict[str, Any]] = []
        typed: list[dict[str, Any]] = []
        for place in sorted(set(self._errors) | set(self._copies) | self._typed):
            report = self.report(*place)
            if report is None:
                continue
            where = {"area": place[0], "round": str(place[1])}
            found += [where | asdict(error) for error in report.errors]
            typed += [where | asdict(cell) for cell in report.raw_cells]
            if report.copied:
                copies.append(_plain(report.copied) | {"indicators": list(report.copied_indicators)})
        return {
            "practice": True,
            "seed": self.seed,
            "framework": self.framework.code,
            "rounds": [str(key) for key in self.rounds],
            "declines": [_plain(d) for d in self.plan.declines],
            "strengths": [_plain(s) for s in self.plan.strengths],
            "models": [_plain(m) | {"done_th": self._deed(m)} for m in self.plan.models],
            "copies": copies,
            "errors": found,
            "typed_cells": typed,
        }

    def _deed(self, model: Model) -> str:
        return deed_of(model, self.framework.indicator(model.indicator).policy_area, seed=self.seed)

    def _history(self, area: PracticeArea) -> Histories:
        if area.code not in self._histories:
            if len(self._histories) >= _HELD_HISTORIES:
                self._histories.pop(next(iter(self._histories)))
            self._histories[area.code] = history(self.shared, area)
        return self._histories[area.code]

    def _filled(self, area: PracticeArea, key: RoundKey, answers: Any, evidence: Any) -> FilledReport:
        name = (self.framework.code, self.version, key, area.code, area.name_th)
        return FilledReport(*name, practice=True, answers=answers, evidence=evidence)

    def _draft(self, area: PracticeArea, key: RoundKey) -> _Draft:
        """Figures, states and texts of a report, with whole-report slips in but no others."""
        items = self.framework.asked(month=key.month, area_type=area.area_type)
        past = self._history(area)
        states = self._states(area, key, items)
        figures = {item.code: past[item.code, key] for item in items if (item.code, key) in past}
        if self._copied(area.code, key) == planting.OWN_NUMBERS:
            old = {item.code: past.get((item.code, key.same_last_year)) for item in items}
            figures |= {code: figure for code, figure in old.items() if figure is not None}
        if self._errors.get((area.code, key)) == "all_full_marks":
            reported = [item for item in items if states[item.code] is AnswerState.REPORTED]
            figures |= full_marks(reported, figures)
        for code, figure in figures.items():
            if figure.value is None and figure.numerator is None:
                states[code] = AnswerState.NOT_APPLICABLE
        missing = frozenset(code for code, state in states.items() if state is not AnswerState.REPORTED)
        draft = _Draft(items, states, figures, missing, {}, set())
        self._write_texts(draft, area, key, past)
        return draft

    def _states(self, area: PracticeArea, key: RoundKey, items: Sequence[Indicator]) -> dict[str, AnswerState]:
        dice = Dice(stream(self.seed, "states", area.code, str(key)), block=64)
        careless = carelessness(area, seed=self.seed)
        return {item.code: state_of(item, careless, dice) for item in items}

    def _copied(self, area_code: str, key: RoundKey) -> str:
        plan = self._copies.get((area_code, key))
        return plan.what if plan else ""

    def _write_texts(self, draft: _Draft, area: PracticeArea, key: RoundKey, past: Histories) -> None:
        narratives = [item for item in draft.items if item.kind is Kind.NARRATIVE]
        told = [item for item in narratives if draft.states[item.code] is AnswerState.REPORTED]
        if not told:
            return
        last = key.same_last_year
        first_year = self.rounds[0].fiscal_year
        sizes = measures(area, seed=self.seed, year=key.fiscal_year, first_year=first_year, scale=self.scale)
        known = Known(
            framework=self.framework,
            area=area,
            round=key,
            now={code: f for code, f in draft.figures.items() if code not in draft.missing},
            before={item.code: past[item.code, last] for item in draft.items if (item.code, last) in past},
            schools=int(sizes["schools"]),
        )
        model = next((m for m in self.plan.models if m.area == area.code and m.since <= key), None)
        teller = next((item for item in told if item.policy_area == "STD"), told[-1])
        for item in told:
            written = self._write_one(item, known, model if item is teller else None)
            draft.texts[item.code] = written.text
            draft.cited |= written.cited

    def _write_one(self, item: Indicator, known: Known, model: Model | None) -> Written:
        if model is None:
            return write(item, known, seed=self.seed)
        policy_area = self.framework.indicator(model.indicator).policy_area
        since = str(model.since.fiscal_year)
        return write(item, known, seed=self.seed, deed=self._deed(model), since=since, policy_area=policy_area)

    def _copy_text(self, draft: _Draft, area: PracticeArea, key: RoundKey) -> tuple[str, ...]:
        """Put in what a copied report copies; the codes of the indicators that are really copied."""
        plan = self._copies.get((area.code, key))
        if plan is None:
            return ()
        past = self._history(area)
        if plan.what == planting.OWN_NUMBERS:
            same = [item.code for item in draft.items if (item.code, plan.source_round) in past]
            return tuple(code for code in same if code not in draft.missing)
        source = self._area[plan.source_area]
        texts = self._draft(source, plan.source_round).texts
        codes = tuple(code for code in draft.texts if code in texts)
        for code in codes:
            draft.texts[code] = {name: _renamed(text, source, area) for name, text in texts[code].items()}
        return codes

    def _plant(self, draft: _Draft, area_code: str, key: RoundKey, dice: Dice) -> tuple[PlantedError, ...]:
        kind = self._errors.get((area_code, key))
        if kind is None:
            return ()
        if kind == "all_full_marks":
            return self._full_mark_errors(draft, self._area[area_code], key)
        free = [item for item in draft.items if item.code not in draft.cited and item.code in draft.figures]
        made = plant_error(kind, free, draft.figures, draft.missing, dice)
        if made is None:
            return ()
        error, figure = made
        draft.figures[error.indicator] = figure
        draft.states[error.indicator] = AnswerState.REPORTED
        return (error,)

    def _full_mark_errors(self, draft: _Draft, area: PracticeArea, key: RoundKey) -> tuple[PlantedError, ...]:
        past = self._history(area)
        reported = [item for item in draft.items if draft.states[item.code] is AnswerState.REPORTED]
        marked = full_marks(reported, draft.figures)
        return tuple(
            PlantedError("all_full_marks", code, "numerator", past[code, key].numerator, figure.numerator)
            for code, figure in marked.items()
            if figure.numerator is not None
        )

    def _answers(self, draft: _Draft, key: RoundKey, dice: Dice) -> tuple[FilledAnswer, ...]:
        made = []
        for item in draft.items:
            state = draft.states[item.code]
            figure = draft.figures.get(item.code, Figures())
            answer = FilledAnswer(item.code, state, note=note_of(item, state, key, dice))
            if state is AnswerState.REPORTED:
                answer = replace(
                    answer,
                    numerator=figure.numerator,
                    denominator=figure.denominator,
                    value=figure.value,
                    text=draft.texts.get(item.code, {}),
                )
            made.append(answer)
        return tuple(made)


def _renamed(text: str, source: PracticeArea, area: PracticeArea) -> str:
    """As a copyist does it: the other office's name is exchanged, nothing else."""
    if source.code == area.code:
        return text
    text = text.replace(source.name_th, area.name_th)
    return text.replace(short_name(source.name_th), short_name(area.name_th))


def _plain(thing: Any) -> dict[str, Any]:
    return {name: str(held) if isinstance(held, RoundKey) else held for name, held in vars(thing).items()}
