"""Seats go by signed criteria and spread; each case has its reason, ties are told, and the answer repeats itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.cases.cards import CardField, Standing
from sanyan.core.cases.criteria import Criterion, SelectionRule, as_document, read_selection_rule
from sanyan.core.cases.scoring import Firmness, completeness, evidence
from sanyan.core.cases.selection import Candidate, places_for, select, total
from sanyan.core.errors import BadInputError
from sanyan.core.signed_documents import Words

RULE = SelectionRule(
    code="test",
    name=Words("เกณฑ์", "Criteria"),
    why=Words("เพราะ", "Because"),
    criteria=(
        Criterion("firm", Words("หนักแน่น", "Firm"), Words("ถาม", "Asks"), 60),
        Criterion("light", Words("ไม่เพิ่มภาระ", "Light"), Words("ถาม", "Asks"), 40),
    ),
    least_total=50,
    spread={"region": 0.5, "area_type": 1.0},
    authored_by="ผู้เขียน",
    checked_by="ผู้ตรวจ",
    next_review=date(2027, 9, 30),
)


def case(id_: str, firm: float | None, light: float | None, region: str = "") -> Candidate:
    return Candidate(id_, {"firm": firm, "light": light}, region=region)


def test_the_total_weighs_scores_and_a_missing_score_is_no_zero() -> None:
    assert total({"firm": 3, "light": 0}, RULE) == pytest.approx(60)
    assert total({"firm": 3}, RULE) is None


def test_the_best_are_chosen_and_the_rest_told_why_not() -> None:
    told = select([case("a", 3, 3), case("b", 2, 2), case("c", 1, 0), case("d", 3, None)], seats=1, rule=RULE)
    assert [item.id for item in told.chosen] == ["a"]
    why = {item.id: item.reason.en for item in told.not_chosen}
    assert "seats were full" in why["b"]
    assert "below the least" in why["c"]
    assert why["d"] == "Not scored yet: Light"


def test_one_region_takes_no_more_than_its_share_even_if_a_seat_stays_empty() -> None:
    told = select([case("a", 3, 3, "R1"), case("b", 3, 2, "R1"), case("c", 2, 2, "R2")], seats=2, rule=RULE)
    assert [item.id for item in told.chosen] == ["a", "c"]
    assert "region" in told.not_chosen[0].reason.en
    alone = select([case("a", 3, 3, "R1"), case("b", 3, 2, "R1")], seats=2, rule=RULE)
    assert len(alone.chosen) == 1


def test_a_tie_across_the_line_is_told_on_both_sides() -> None:
    told = select([case("b", 2, 2, "R1"), case("a", 2, 2, "R2")], seats=1, rule=RULE)
    assert told.chosen[0].id == "a"
    assert told.chosen[0].tied_with == ("b",)
    assert "tied with 1" in told.not_chosen[0].reason.en


def test_a_share_gives_at_least_one_place() -> None:
    assert [places_for(seats, 0.34) for seats in (1, 2, 3, 8)] == [1, 1, 2, 3]


def test_no_seats_or_one_id_twice_is_refused() -> None:
    with pytest.raises(ValueError):
        select([case("a", 3, 3)], seats=0, rule=RULE)
    with pytest.raises(ValueError):
        select([case("a", 3, 3), case("a", 1, 1)], seats=1, rule=RULE)


scores = st.one_of(st.none(), st.integers(0, 3).map(float))
candidates = st.lists(st.tuples(scores, scores, st.sampled_from(["", "R1", "R2", "R3"])), max_size=12)


@given(candidates, st.integers(1, 5), st.randoms())
def test_every_case_is_told_once_within_the_spread_whatever_the_order(
    given_: list[tuple[float | None, float | None, str]], seats: int, chance: object
) -> None:
    cases = [case(f"c{place:02}", *parts) for place, parts in enumerate(given_)]
    told = select(cases, seats=seats, rule=RULE)
    shuffled = list(cases)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert select(shuffled, seats=seats, rule=RULE) == told
    assert sorted(item.id for item in (*told.chosen, *told.not_chosen)) == [item.id for item in cases]
    assert len(told.chosen) <= seats
    regions = [item.region for chosen in told.chosen for item in cases if item.id == chosen.id and item.region]
    assert all(regions.count(region) <= places_for(seats, 0.5) for region in regions)
    assert all(item.reason.th and item.reason.en for item in (*told.chosen, *told.not_chosen))


def test_a_rule_reads_back_what_it_was_kept_as() -> None:
    assert read_selection_rule(as_document(RULE), place="kept") == RULE


@pytest.mark.parametrize(
    "change", [{"criteria": []}, {"spread": {"region": 0}}, {"checked_by": ""}, {"next_review": ""}]
)
def test_a_rule_that_is_not_whole_names_its_field(change: dict[str, object]) -> None:
    with pytest.raises(BadInputError) as caught:
        read_selection_rule({**as_document(RULE), **change}, place="test.yaml")
    assert next(iter(change)) in caught.value.en


def test_scores_that_need_no_judge() -> None:
    full = dict.fromkeys(CardField, Standing.STATED)
    half = dict.fromkeys(CardField, Standing.INFERRED)
    assert (completeness(Firmness(), full), completeness(Firmness(), half), completeness(Firmness(), {})) == (3, 1.5, 0)
    rounds = [Firmness(), Firmness(0, True), Firmness(2, True), Firmness(2, True, True), Firmness(3)]
    assert [evidence(firm, {}) for firm in rounds] == [0, 1, 2, 3, 3]
