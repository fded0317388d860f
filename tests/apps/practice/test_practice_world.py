from __future__ import annotations

import pytest
from tests.apps.practice.conftest import AREAS, DEMO, Loaded

pytestmark = pytest.mark.slow


def test_every_round_says_that_it_is_practice(loaded: Loaded) -> None:
    assert [str(info.key) for info in sorted(loaded.rounds, key=lambda info: info.key)] == loaded.truth["rounds"]
    assert all(info.is_practice for info in loaded.rounds)
    assert all(fact.practice for fact in loaded.facts)
    assert loaded.truth["practice"] is True


def test_every_stored_answer_was_asked(loaded: Loaded) -> None:
    assert len({row["area"] for row in loaded.answers}) == AREAS
    assert [row for row in loaded.answers if not row["asked"]] == []


def test_every_answer_came_through_a_workbook_or_was_left_unanswered_at_handing_in(loaded: Loaded) -> None:
    origins = {row["origin"] for row in loaded.answers}
    assert origins <= {"workbook", "web"}
    typed = [row for row in loaded.answers if row["origin"] != "workbook"]
    assert [row for row in typed if row["value"] is not None or row["numerator"] is not None] == []


def test_the_facts_are_the_answers_of_certified_reports(loaded: Loaded) -> None:
    certified = [row for row in loaded.answers if row["state"] in ("certified", "locked")]
    keys = {info.id: str(info.key) for info in loaded.rounds}
    held = {(fact.organisation, fact.round, fact.indicator): fact for fact in loaded.facts}
    assert len(held) == len(loaded.facts) == len(certified)
    for row in certified:
        fact = held[row["area"], keys[row["round"]], row["indicator"]]
        assert (fact.numerator, fact.denominator, fact.value) == (row["numerator"], row["denominator"], row["value"])


def test_nothing_of_practice_shows_in_an_ordinary_round(loaded: Loaded) -> None:
    assert loaded.real["is_practice"] is False
    assert loaded.real["areas"] == [DEMO]
    assert loaded.real["reported"] == 0
    assert loaded.real["values"] == []
    assert loaded.real["last_year"] == []
    assert loaded.real["history"] == {}
    assert loaded.real["findings"] == 0


def test_planted_errors_stand_in_the_reports_as_the_truth_says(loaded: Loaded) -> None:
    keys = {info.id: str(info.key) for info in loaded.rounds}
    held = {(row["area"], keys[row["round"]], row["indicator"]): row for row in loaded.answers}
    missing = []
    for error in loaded.truth["errors"]:
        row = held.get((error["area"], error["round"], error["indicator"]))
        if row is None or row[error["field"]] != pytest.approx(error["became"]):
            missing.append(error)
    assert missing == []
