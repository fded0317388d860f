"""Few signals instead of many: one a cell, together where the cause is shared, within a budget, nothing said twice."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.warning.outlooks import rule

from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Severity, Words
from sanyan.core.warning.candidates import SYSTEM, Candidate
from sanyan.core.warning.novelty import Novelty, Said, Saying, novelty
from sanyan.core.warning.selection import Attention, Scope, Selection, select

UNITS = {f"u{number:03d}": f"R{number % 10}" for number in range(100)}
NAMES = {f"R{number}": Words(f"เขตตรวจ {number}", f"region {number}") for number in range(10)}
WORDS = {"indicator_th": "ก", "indicator_en": "a", "unit_th": "%", "unit_en": "%", "target": "80"}


def candidate(
    unit: str,
    indicator: str = "X",
    code: str = "relative-drop",
    probability: float = 0.9,
    severity: Severity = Severity.HIGH,
    *,
    expected: bool = False,
) -> Candidate:
    held = rule(code)
    variant = next(iter(held.reasons))
    said = Words(f"{unit} {indicator}", f"{unit} {indicator}")
    numbers = {"ahead": "2568-12"} if expected else {}
    return Candidate(held, variant, indicator, unit, probability, severity, 1.0, said, numbers, words=WORDS)


def chosen(*found: Candidate, attention: Attention | None = None) -> Selection:
    return select(found, regions=UNITS, names=NAMES, attention=attention or Attention())


def test_a_national_shock_is_one_signal() -> None:
    picked = chosen(*(candidate(unit) for unit in UNITS))
    assert [(draft.scope, len(draft.members)) for draft in picked.raised] == [(Scope.SYSTEM, 100)]
    assert "100 จาก 100 เขตทั้งประเทศ" in picked.raised[0].reason.th


def test_a_regions_trouble_is_one_signal() -> None:
    region = [unit for unit, held in UNITS.items() if held == "R3"]
    picked = chosen(*(candidate(unit) for unit in region[:6]), candidate("u001"))
    assert [(draft.scope, draft.place) for draft in picked.raised] == [(Scope.REGION, "R3"), (Scope.UNIT, "u001")]
    assert "6 จาก 10 เขตในเขตตรวจ 3" in picked.raised[0].reason.th


def test_different_causes_are_not_gathered() -> None:
    region = [unit for unit, held in UNITS.items() if held == "R3"]
    picked = chosen(*(candidate(unit, indicator=f"X{number}") for number, unit in enumerate(region)))
    assert {draft.scope for draft in picked.raised} == {Scope.UNIT}


def test_a_cell_speaks_once_by_its_strongest_rule() -> None:
    picked = chosen(candidate("u001"), candidate("u001", code="new-breach", probability=0.99))
    assert len(picked.raised) == 1
    assert picked.raised[0].lead.rule.code == "new-breach"
    assert picked.raised[0].lead.also == ("relative-drop",)
    assert picked.merged == 1


def test_the_budget_holds_and_what_lies_beyond_is_kept() -> None:
    found = [candidate(f"u{n:03d}", indicator=f"X{n}", probability=0.5 + n / 250) for n in range(40)]
    picked = chosen(*found)
    assert len(picked.raised) == picked.budget == 10
    assert len(picked.beyond) == 30
    assert min(d.probability for d in picked.raised) > max(d.probability for d in picked.beyond)
    assert [draft.rank for draft in picked.raised] == list(range(1, 11))


def test_one_area_does_not_take_the_whole_budget() -> None:
    picked = chosen(*(candidate("u001", indicator=f"X{n}") for n in range(9)))
    assert len(picked.raised) == 2


def test_doubted_data_comes_after_sound_data() -> None:
    doubted = replace(candidate("u001"), doubts=(Words("สงสัย", "doubt"),), trust=0.8)
    picked = chosen(doubted, candidate("u002", indicator="Y", probability=0.8))
    assert [draft.place for draft in picked.raised] == ["u002", "u001"]


def test_of_equally_likely_ones_the_farther_reaching_comes_first() -> None:
    near = candidate("u001", indicator="X")
    far = replace(candidate("u099", indicator="Y"), size=8.0)
    assert [draft.place for draft in chosen(near, far).raised] == ["u099", "u001"]


def test_what_is_expected_has_half_of_the_budget() -> None:
    seen = [candidate(f"u{n:03d}", indicator=f"X{n}", probability=0.99) for n in range(30)]
    later = [candidate(f"u{n:03d}", indicator=f"Y{n}", probability=0.6, expected=True) for n in range(40, 70)]
    picked = chosen(*seen, *later)
    assert sum(draft.lead.is_expected for draft in picked.raised) == 5
    assert len(chosen(*seen).raised) == 10, "what one half leaves the other may take"


def test_one_cause_does_not_take_the_whole_budget() -> None:
    spread = [f"u{n:03d}" for n in range(20)]
    picked = chosen(*(candidate(unit) for unit in spread), candidate("u050", indicator="Y", probability=0.5))
    assert [draft.lead.indicator for draft in picked.raised] == ["X", "X", "Y"]


def test_reports_have_a_budget_of_their_own() -> None:
    found = [candidate(f"u{n:03d}", indicator=f"X{n}") for n in range(40)]
    late = [candidate(f"u0{n}0", indicator="", code="late") for n in range(2)]
    picked = chosen(*found, *late)
    assert sum(d.lead.rule.kind.is_about_data for d in picked.raised) == 2
    assert sum(not d.lead.rule.kind.is_about_data for d in picked.raised) == 10


def test_many_late_reports_are_one_task() -> None:
    everywhere = {f"u{number:03d}": f"R{number % 18}" for number in range(245)}
    late = [candidate(f"u{n * 7:03d}", indicator="", code="late") for n in range(35)]
    (told,) = select(late, regions=everywhere, names={}, attention=Attention()).raised
    assert (told.scope, len(told.members)) == (Scope.SYSTEM, 35)


def test_system_signals_of_two_rules_stand_apart() -> None:
    picked = chosen(candidate(SYSTEM, code="system-shift"), candidate(SYSTEM, indicator="Y", code="system-shift"))
    assert len(picked.raised) == 2


cells = st.builds(
    candidate,
    unit=st.sampled_from(sorted(UNITS)),
    indicator=st.sampled_from(["X", "Y", "Z"]),
    code=st.sampled_from(["relative-drop", "new-breach", "will-miss-target", "sudden-jump"]),
    probability=st.floats(0, 1),
    severity=st.sampled_from(list(Severity)),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(cells, max_size=120))
def test_every_candidate_is_accounted_for(found: list[Candidate]) -> None:
    picked = chosen(*found)
    gathered = sum(len(draft.members) for draft in (*picked.raised, *picked.beyond))
    assert gathered + picked.merged == len(found)
    assert len(picked.raised) <= picked.budget


@settings(deadline=None, max_examples=30)
@given(st.lists(cells, max_size=60), st.randoms())
def test_the_order_in_which_candidates_come_does_not_matter(found: list[Candidate], chance: object) -> None:
    once = {(item.unit, item.indicator, item.rule.code): item for item in found}
    shuffled = list(once.values())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = chosen(*once.values()), chosen(*shuffled)
    assert [(d.scope, d.place, d.lead.indicator) for d in first.raised] == [
        (d.scope, d.place, d.lead.indicator) for d in second.raised
    ]


NINE, TWELVE = RoundKey(2568, 9), RoundKey(2568, 12)


def said(outcome: str = "", probability: float = 0.7, figure: float = 50.0) -> Said:
    return Said(NINE, probability, 1, figure, outcome)


def test_nothing_is_said_twice_without_new_information() -> None:
    assert novelty(None, Saying(NINE, 0.7, 1, 50.0)) is Novelty.NEW
    assert novelty(said(), Saying(NINE, 0.9, 0, 40.0)) is Novelty.SAME
    assert novelty(said("helped"), Saying(NINE, 0.7, 1, 50.0)) is Novelty.SILENT
    assert novelty(said("helped"), Saying(NINE, 0.72, 1, 49.0)) is Novelty.SILENT
    assert novelty(said("helped"), Saying(NINE, 0.95, 1, 40.0)) is Novelty.AGAIN
    assert novelty(said("helped"), Saying(TWELVE, 0.7, 1, 52.0)) is Novelty.AGAIN
    assert novelty(said("false_alarm"), Saying(TWELVE, 0.7, 1, 52.0)) is Novelty.SILENT
    assert novelty(said("false_alarm"), Saying(TWELVE, 0.9, 1, 52.0)) is Novelty.AGAIN
    assert novelty(said("explained"), Saying(TWELVE, 0.7, 0, 52.0)) is Novelty.AGAIN
