from __future__ import annotations

from typing import Any

import pytest
from tests.apps.practice.conftest import AREAS, DEMO, Loaded

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


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


def found_in(loaded: Loaded, area: str, round_: str, *checks: str) -> set[str]:
    """The indicators that these checks name in one report."""
    return {
        row["indicator"]
        for row in loaded.findings
        if (row["area"], row["round"]) == (area, round_) and row["check"] in checks
    }


def errors(loaded: Loaded, kind: str) -> list[dict[str, Any]]:
    chosen = [error for error in loaded.truth["errors"] if error["kind"] == kind]
    assert chosen, f"none of {kind} is planted"
    return chosen


def test_every_part_above_its_whole_is_found(loaded: Loaded) -> None:
    for error in errors(loaded, "part_above_whole"):
        assert error["indicator"] in found_in(loaded, error["area"], error["round"], "parts-contradict"), error


def test_every_report_with_full_marks_throughout_is_found(loaded: Loaded) -> None:
    for area, round_ in {(error["area"], error["round"]) for error in errors(loaded, "all_full_marks")}:
        assert found_in(loaded, area, round_, "all-full"), (area, round_)


def test_every_copied_report_is_found(loaded: Loaded) -> None:
    checks = {
        "own_text_last_round": "copied-text",
        "text_of_another_area": "copied-text",
        "own_numbers_last_year": "stale-since-last-year",
    }
    assert loaded.truth["copies"]
    for copy in loaded.truth["copies"]:
        assert found_in(loaded, copy["area"], copy["round"], checks[copy["what"]]), copy


ODD = ("far-from-others", "jump-since-last-round", "jump-since-last-year", "fall-since-last-round", "out-of-range")


def test_most_slips_that_read_well_are_found_by_comparing(loaded: Loaded) -> None:
    kinds = ("times_ten", "fraction_for_percent", "zero_for_missing")
    planted = [error for error in loaded.truth["errors"] if error["kind"] in kinds]
    assert len(planted) >= 5
    found = [error for error in planted if error["indicator"] in found_in(loaded, error["area"], error["round"], *ODD)]
    assert len(found) >= 0.6 * len(planted), [error for error in planted if error not in found]


def test_figures_are_seldom_called_odd_where_nothing_is_planted(loaded: Loaded) -> None:
    planted = {(error["area"], error["round"]) for error in loaded.truth["errors"]}
    planted |= {(copy["area"], copy["round"]) for copy in loaded.truth["copies"]}
    odd = [row for row in loaded.findings if row["check"] in ODD and (row["area"], row["round"]) not in planted]
    figures = [row for row in loaded.answers if row["value"] is not None]
    assert len(odd) <= 0.01 * len(figures)
