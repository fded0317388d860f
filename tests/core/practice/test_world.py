"""The practice world is the same every time, grows as reports do, and holds what its truth says it holds."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.core.practice.small_framework import ALL, framework, indicator

from sanyan.core.indicators.definitions import (
    AnswerState,
    Direction,
    Kind,
    Target,
)
from sanyan.core.practice.areas import PracticeArea, measures
from sanyan.core.practice.behaviours import behaviour_of
from sanyan.core.practice.handing_in import HANDED_IN, STATES
from sanyan.core.practice.history import history
from sanyan.core.practice.narrative.grammar import clause_count, expand
from sanyan.core.practice.narrative.tails import TAILS
from sanyan.core.practice.narrative.writer import THEMES
from sanyan.core.practice.seeding import Dice, stream
from sanyan.core.practice.world import World, build_world
from sanyan.core.rounds import RoundKey

AREAS = tuple(
    PracticeArea(f"{1000 + i}", f"สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดลอง เขต {i}", "primary", str(i % 4))
    for i in range(1, 25)
) + tuple(
    PracticeArea(f"S{i:02d}", f"สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาทดลอง {i}", "secondary", str(i % 4)) for i in range(1, 7)
)
ROUNDS = tuple(RoundKey(y, m) for y in (2567, 2568) for m in ALL)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(framework(), AREAS, ROUNDS, seed=11)


def test_the_same_seed_makes_the_same_report_in_any_order(world: World) -> None:
    again = build_world(framework(), tuple(reversed(AREAS)), ROUNDS, seed=11, planted=False)
    first = build_world(framework(), AREAS, ROUNDS, seed=11, planted=False)
    for key in reversed(ROUNDS):
        assert again.report("1003", key) == first.report("1003", key)
    twin = build_world(framework(), AREAS, ROUNDS, seed=11)
    assert twin.report("1007", ROUNDS[-1]) == world.report("1007", ROUNDS[-1])
    assert twin.truth() == world.truth()


def test_another_seed_makes_another_world(world: World) -> None:
    other = build_world(framework(), AREAS, ROUNDS, seed=12)
    assert other.report("1001", ROUNDS[0]) != world.report("1001", ROUNDS[0])


def test_progress_never_falls_within_a_fiscal_year(world: World) -> None:
    growing = [item.code for item, row in world.shared.rows if row.grows and item.has_parts]
    assert {"SAF-01", "OPP-02", "MGT-02", "STD-04"} <= set(growing)
    for area in AREAS:
        past = history(world.shared, area)
        for code in growing:
            for year in (2567, 2568):
                parts = [past[code, RoundKey(year, m)].numerator for m in ALL if (code, RoundKey(year, m)) in past]
                assert all(a <= b for a, b in pairwise(parts) if a is not None and b is not None)


def test_nothing_is_answered_that_is_not_asked(world: World) -> None:
    keys = {box.key for box in world.framework.narrative_fields}
    for area in AREAS:
        for key in ROUNDS:
            report = world.report(area.code, key)
            assert report is not None
            asked = {i.code for i in world.framework.asked(month=key.month, area_type=area.area_type)}
            answered = [a.indicator for a in report.filled.answers]
            assert len(answered) == len(set(answered))
            assert set(answered) <= asked
            assert report.filled.practice
            for answer in report.filled.answers:
                assert set(answer.text) <= keys
                assert "{" not in "".join(answer.text.values())
                if answer.state is not AnswerState.REPORTED:
                    assert (answer.numerator, answer.denominator, answer.value) == (None, None, None)
                    assert not answer.text
            assert {e.indicator for e in report.filled.evidence} <= set(answered)


def test_a_handed_in_report_is_whole_and_others_are_not(world: World) -> None:
    seen = Counter()
    for area in AREAS:
        for key in ROUNDS:
            report = world.report(area.code, key)
            assert report is not None
            seen[report.state] += 1
            assert report.state in STATES
            asked = world.framework.asked(month=key.month, area_type=area.area_type)
            assert (report.days_late is not None) == (report.state in HANDED_IN)
            assert bool(report.return_comment) == (report.state == "returned")
            if report.state in HANDED_IN:
                assert len(report.filled.answers) == len(asked)
            else:
                assert len(report.filled.answers) < len(asked)
    assert seen["certified"] > 0.85 * seen.total()


def test_a_round_that_asks_an_area_nothing_has_no_report() -> None:
    only_primary = replace(framework(), indicators=(framework().indicator("QUA-02"),))
    small = build_world(only_primary, AREAS, ROUNDS, seed=1)
    assert small.report("S01", ROUNDS[0]) is None
    assert small.report("1001", ROUNDS[0]) is not None


def test_an_area_code_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        build_world(framework(), (AREAS[0], AREAS[0]), ROUNDS, seed=1)


def test_indicators_about_schools_share_their_denominator(world: World) -> None:
    for area in AREAS:
        past = history(world.shared, area)
        wholes = {past[code, ROUNDS[-1]].denominator for code in ("SAF-01", "STD-04")}
        assert len(wholes) == 1
        opp = past["OPP-02", ROUNDS[-1]]
        assert opp.numerator is not None
        assert opp.denominator is not None
        assert past["OPP-01", ROUNDS[-1]].value == opp.denominator - opp.numerator
        assert past["SAF-03", ROUNDS[-1]].denominator in (past["SAF-02", ROUNDS[-1]].numerator, None)


def test_known_sizes_are_kept_and_scale_multiplies_them() -> None:
    area = PracticeArea("2001", "เขตทดลอง", "primary", "9", schools=100)
    one = measures(area, seed=3, year=2567, first_year=2567, scale=1.0)
    five = measures(area, seed=3, year=2567, first_year=2567, scale=5.0)
    assert one["schools"] == 100
    assert five["schools"] == 500
    assert five["pupils"] == pytest.approx(5 * one["pupils"], rel=0.01)
    later = measures(area, seed=3, year=2569, first_year=2567, scale=1.0)
    assert abs(later["pupils"] / one["pupils"] - 1) < 0.12


def test_small_areas_swing_more_from_year_to_year() -> None:
    """The spread of year-on-year changes in a share, for areas of 20 and of 2,000 schools."""
    only = replace(framework(), indicators=(framework().indicator("SAF-01"),))

    def swing(schools: int) -> float:
        areas = [PracticeArea(f"{schools}-{i}", f"เขต {i}", "primary", "1", schools=schools) for i in range(60)]
        made = build_world(only, areas, ROUNDS, seed=5, planted=False)
        changes = []
        for area in areas:
            past = history(made.shared, area)
            shares = [past["SAF-01", RoundKey(y, 6)] for y in (2567, 2568)]
            a, b = (s.numerator / s.denominator for s in shares if s.numerator is not None and s.denominator)
            changes.append(b - a)
        return float(np.std(changes))

    assert swing(20) > 1.5 * swing(2000)


def test_the_truth_is_json_and_says_it_is_practice(world: World) -> None:
    truth = json.loads(json.dumps(world.truth()))
    assert truth["practice"] is True
    for planted in ("declines", "strengths", "models", "copies", "errors"):
        assert truth[planted], planted


def test_every_planted_error_is_in_its_report(world: World) -> None:
    kinds = set()
    for error in world.truth()["errors"]:
        report = world.report(error["area"], RoundKey.parse(error["round"]))
        assert report is not None
        answer = next(a for a in report.filled.answers if a.indicator == error["indicator"])
        assert getattr(answer, error["field"]) == error["became"]
        kinds.add(error["kind"])
        if error["kind"] == "times_ten":
            assert error["became"] == pytest.approx(10 * error["was"])
        if error["kind"] == "part_above_whole":
            assert answer.denominator is not None
            assert error["became"] > answer.denominator
        if error["kind"] == "all_full_marks":
            assert answer.numerator == answer.denominator
        if error["kind"] == "fraction_for_percent":
            assert error["became"] == pytest.approx(error["was"] / 100, abs=1e-4)
        if error["kind"] == "transposed_digits":
            assert sorted(f"{error['was']:.0f}") == sorted(f"{error['became']:.0f}")
    assert {"times_ten", "part_above_whole", "zero_for_missing", "all_full_marks"} <= kinds


def test_copied_reports_hold_what_they_copy(world: World) -> None:
    seen = set()
    for copy in world.truth()["copies"]:
        report = world.report(copy["area"], RoundKey.parse(copy["round"]))
        source = world.report(copy["source_area"], RoundKey.parse(copy["source_round"]))
        assert report is not None
        assert source is not None
        seen.add(copy["what"])
        mine = {a.indicator: a for a in report.filled.answers}
        theirs = {a.indicator: a for a in source.filled.answers}
        spoiled = {e.indicator for e in (*report.errors, *source.errors)}
        for code in copy["indicators"]:
            if copy["what"] == "own_numbers_last_year":
                if code not in spoiled and theirs[code].state is AnswerState.REPORTED:
                    assert (mine[code].numerator, mine[code].value) == (theirs[code].numerator, theirs[code].value)
            else:
                assert mine[code].text["process"]
                same = mine[code].text["process"] == theirs[code].text["process"]
                assert same or copy["source_area"] != copy["area"]
    assert "own_numbers_last_year" in seen
    assert len(seen) >= 2


def test_declines_strengths_and_models_move_the_numbers_their_way(world: World) -> None:
    plain = build_world(framework(), AREAS, ROUNDS, seed=11, planted=False)
    by_code = {area.code: area for area in AREAS}

    def on_scale(made: World, area: str, code: str, key: RoundKey) -> float:
        figure = history(made.shared, by_code[area])[code, key]
        if figure.numerator is not None and figure.denominator:
            return figure.numerator / figure.denominator
        assert figure.value is not None
        return figure.value

    moved = 0
    for plan, way in ((world.plan.declines, -1), (world.plan.models, 1)):
        for planted in plan:
            item = world.framework.indicator(planted.indicator)
            good = 1 if item.direction is Direction.HIGHER else -1
            for key in (k for k in ROUNDS if k.month in item.months):
                change = on_scale(world, planted.area, item.code, key) - on_scale(plain, planted.area, item.code, key)
                alone = {s.area for s in world.plan.strengths} | {m.area for m in world.plan.models}
                alone |= {d.area for d in world.plan.declines}
                if key >= planted.since and [*alone].count(planted.area) == 1:
                    moved += change * good * way > 0
    assert moved >= 4
    for strength in world.plan.strengths:
        codes = [i.code for i in world.framework.indicators if i.policy_area == strength.policy_area and i.has_parts]
        assert codes or strength.policy_area == "BUR"


def test_a_model_tells_what_it_did(world: World) -> None:
    told = 0
    for model in world.truth()["models"]:
        for key in (k for k in ROUNDS if k >= RoundKey.parse(model["since"]) and k.month in (9, 12)):
            report = world.report(model["area"], key)
            assert report is not None
            texts = [a.text.get("process", "") for a in report.filled.answers if a.text]
            told += any(model["done_th"] in text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")) for text in texts)
    assert told > 0


def test_numbers_told_are_the_numbers_reported(world: World) -> None:
    """Where a narrative quotes schools supervised, it quotes the parts of that very report."""
    checked = 0
    digits = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    for area in AREAS:
        for key in (k for k in ROUNDS if k.month in (9, 12)):
            report = world.report(area.code, key)
            assert report is not None
            if report.copied:
                continue
            held = {a.indicator: a for a in report.filled.answers}
            for code in ("BUR-05", "STD-06"):
                text = held[code].text.get("quantitative", "").translate(digits) if code in held else ""
                if "อย่างน้อยภาคเรียนละครั้ง" in text:
                    answer = held["STD-04"]
                    assert f"{answer.numerator:,.0f} แห่ง จาก {answer.denominator:,.0f} แห่ง" in text
                    checked += 1
    assert checked > 0


def test_few_texts_are_shared_unless_copied(world: World) -> None:
    held: Counter[str] = Counter()
    for area in AREAS:
        report = world.report(area.code, RoundKey(2568, 9))
        assert report is not None
        if not report.copied:
            held.update({a.text["process"] for a in report.filled.answers if a.text.get("process")})
    shared = sum(n for n in held.values() if n > 1)
    assert shared <= 0.1 * held.total()


def test_raw_cells_sit_on_reported_figures(world: World) -> None:
    found = 0
    for area in AREAS:
        for key in ROUNDS:
            report = world.report(area.code, key)
            assert report is not None
            held = {a.indicator: a for a in report.filled.answers}
            assert not report.raw_cells or report.state in HANDED_IN
            for cell in report.raw_cells:
                assert getattr(held[cell.indicator], cell.field) is not None
                assert cell.text
                found += 1
    assert found == len(world.truth()["typed_cells"]) > 0


def test_the_grammar_is_rich_and_every_clause_can_be_said() -> None:
    assert clause_count(THEMES) >= 150
    facts = dict.fromkeys(
        ("area", "year", "n", "total", "people", "tests", "pupils", "num", "den", "value", "cluster", "month"), "7"
    )
    dice = Dice(stream(1, "clauses"))
    lines = [line for theme in THEMES for lines in theme.clauses.values() for line in lines]
    lines += [line for tails in TAILS.values() for line in tails]
    for line in lines:
        said = expand(line, facts, dice)
        assert not set(said) & set("{}[]|"), line
        assert "  " not in said.strip(), line


def test_any_framework_gets_sound_values() -> None:
    """Indicators that the table does not know behave by kind, within their bounds."""
    rows = (
        indicator("X-1", Kind.PERCENT, targets=(Target(6, 40), Target(9, 60), Target(12, 80))),
        indicator("X-2", Kind.NUMBER, low=1.0, high=5.0, decimals=2, targets=(Target(12, 4.2),)),
        indicator("X-3", Kind.NUMBER, decimals=0),
        indicator("X-4", Kind.LEVEL),
        indicator("X-5", Kind.RATIO, numerator_th="เหตุ", denominator_th="จำนวนนักเรียน", per=1000.0),
        indicator("SAF-01", Kind.NUMBER, decimals=0),
    )
    strange = replace(framework(), indicators=rows, policy_areas=())
    made = build_world(strange, AREAS[:5], ROUNDS, seed=2, planted=False)
    for area in AREAS[:5]:
        past = history(made.shared, area)
        assert 1 <= (past["X-2", ROUNDS[0]].value or 0) <= 5
        assert (past["X-4", ROUNDS[0]].value or 0) in range(1, 6)
        share = [(past["X-1", k].numerator or 0) / (past["X-1", k].denominator or 1) for k in ROUNDS[:3]]
        assert share == sorted(share)
        assert all(math.isfinite(f.value if f.value is not None else f.numerator or 0) for f in past.values())
    assert behaviour_of(indicator("X-6", Kind.NARRATIVE)) is None
