"""Fair comparison, strengths and outlooks of the small world: scope, doubts, suppression, and what cannot be told."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories import AREAS, NOW, World, certify, number, percent, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import queries
from sanyan.apps.collection import actions as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.quality.models import Finding
from sanyan.core.errors import NotFoundError
from sanyan.core.forms.panel import PanelMapping, read_panel
from sanyan.core.forms.sheets import Sheet
from sanyan.core.rounds import RoundKey

pytestmark = pytest.mark.django_db
SHARES = (850, 700, 760, 640, 400, 820)


@pytest.fixture
def world(settings: Any, django_capture_on_commit_callbacks: Any) -> World:
    """Month 9 of two years; everyone falls by five points, B2 by thirty."""
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    before, now = small_world(key=RoundKey(2567, 9)), small_world()
    with django_capture_on_commit_callbacks(execute=True):
        for code, part in zip(AREAS, SHARES, strict=True):
            certify(before, code, percent(part + (300 if code == "B2" else 50), 1000), number(40))
            certify(now, code, percent(part, 1000), number(30))
    return now


def compared(world: World, who: Any = SYSTEM, code: str = "SAF-01") -> queries.IndicatorComparison:
    return queries.indicator_comparison(viewer=who, round_id=world.round.id, code=code)


def test_areas_stand_by_level_each_with_intervals_and_never_a_naked_rank(world: World) -> None:
    found = compared(world)
    assert len(found.areas) == 6
    worst = found.areas[0]
    assert worst.area is not None
    assert worst.area.code == "B2"
    assert worst.own == pytest.approx(40, abs=0.2)
    assert worst.level.low95 is not None
    assert worst.level.middle is not None
    assert worst.level.low95 < worst.level.middle
    assert worst.rank.low80 is not None
    assert worst.rank.high80 is not None
    assert worst.rank.low80 <= worst.rank.high80


def test_what_is_out_of_sight_is_a_dot_without_a_name(world: World) -> None:
    found = compared(world, world.director("A1"))
    assert [item.area.code for item in found.areas if item.area] == ["A1"]
    assert len(found.areas) == 6


def test_who_sees_nothing_compares_nothing(world: World) -> None:
    with pytest.raises(NotFoundError):
        compared(world, viewer("participant"))
    with pytest.raises(NotFoundError):
        compared(world, code="QUA-04")
    assert queries.compared_codes(viewer=viewer("participant"), round_id=world.round.id) == ()
    assert "SAF-01" in queries.compared_codes(viewer=SYSTEM, round_id=world.round.id)


def test_a_figure_with_an_open_finding_is_left_out_and_named(world: World) -> None:
    Finding.objects.create(
        check_code="jump-since-last-year",
        severity="high",
        round_id=world.round.id,
        organisation_id=world.ids["B2"],
        indicator_code="SAF-01",
        found_at=NOW,
        seen_at=NOW,
    )
    found = compared(world)
    assert len(found.areas) == 5
    assert [area.code for area in found.doubted] == ["B2"]
    hidden = compared(world, world.director("A1"))
    assert hidden.doubted == ()
    assert hidden.doubted_count == 1


def test_figures_of_few_people_are_hidden(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    world = small_world()
    with django_capture_on_commit_callbacks(execute=True):
        for place, code in enumerate(AREAS):
            whole = {0: 4, 1: 8}.get(place, 1000)
            certify(world, code, percent(round(whole * SHARES[place] / 1000), whole))
    found = {item.area.code: item for item in compared(world).areas if item.area}
    assert found["A1"].visibility == "hidden"
    assert found["A1"].own is None
    assert found["A1"].level.middle is None
    assert found["A2"].visibility == "greyed"
    assert found["A3"].visibility == "shown"


def test_the_national_part_is_told_apart_from_the_areas_own(world: World) -> None:
    found = queries.area_outlook(viewer=SYSTEM, organisation_id=world.ids["B2"], round_id=world.round.id)
    safety = next(item for item in found.indicators if item.indicator.code == "SAF-01")
    assert safety.trend is not None
    assert safety.trend.th == "ทั้งระบบลดลง 5 จุด เขตนี้ลดมากกว่าเพื่อน 25 จุด"
    assert safety.p_worse is not None
    assert safety.p_worse > 0.9
    other = queries.area_outlook(viewer=SYSTEM, organisation_id=world.ids["A2"], round_id=world.round.id)
    calm = next(item for item in other.indicators if item.indicator.code == "SAF-01")
    assert calm.trend is not None
    assert calm.trend.th == "ทั้งระบบลดลง 5 จุด เขตนี้เปลี่ยนพอ ๆ กับเพื่อน"


def test_the_whole_systems_move_is_told_with_how_many_went_along(world: World) -> None:
    found = queries.indicator_outlook(viewer=SYSTEM, round_id=world.round.id, code="SAF-01")
    assert found.system is not None
    assert found.system.th == "ทั้งระบบลดลง 5 จุด"
    assert (found.same_way, found.compared) == (6, 6)
    moves = {item.indicator.code: item for item in queries.system_moves(viewer=SYSTEM, round_id=world.round.id)}
    assert not moves["SAF-01"].improved
    assert queries.system_moves(viewer=viewer("participant"), round_id=world.round.id) == ()


def test_what_cannot_be_forecast_says_why(world: World) -> None:
    found = queries.indicator_outlook(viewer=SYSTEM, round_id=world.round.id, code="QUA-01")
    assert found.next is None
    assert all(words.th and words.en for words in found.cannot)


def test_an_area_reads_itself_and_not_its_neighbour(world: World) -> None:
    director = world.director("A1")
    assert queries.strength_profile(viewer=director, organisation_id=world.ids["A1"], round_id=world.round.id)
    for query in (queries.strength_profile, queries.area_outlook, queries.peer_group):
        with pytest.raises(NotFoundError):
            query(viewer=director, organisation_id=world.ids["A2"], round_id=world.round.id)
    strengths = queries.policy_strengths(viewer=director, round_id=world.round.id)
    named = {item.area.code for policy in strengths for item in (*policy.strong, *policy.weak)}
    assert named <= {"A1"}
    with pytest.raises(NotFoundError):
        queries.policy_strengths(viewer=viewer("participant"), round_id=world.round.id)
    with pytest.raises(NotFoundError):
        queries.positive_outliers(viewer=viewer("participant"), round_id=world.round.id)


def test_peers_are_of_the_same_type_and_nearest_first(world: World) -> None:
    found = queries.peer_group(viewer=SYSTEM, organisation_id=world.ids["A1"], round_id=world.round.id)
    assert {item.area.area_type for item in found.peers} <= {"primary"}
    distances = [item.distance for item in found.peers]
    assert distances == sorted(distances)
    with pytest.raises(NotFoundError):
        queries.peer_group(viewer=SYSTEM, organisation_id=10**9, round_id=world.round.id)


def test_only_who_sees_everything_reads_all_outlooks(world: World) -> None:
    assert queries.round_outlooks(viewer=viewer("executive"), round_id=world.round.id).outlooks
    with pytest.raises(NotFoundError):
        queries.round_outlooks(viewer=world.director("A1"), round_id=world.round.id)


def test_schools_that_do_well_against_the_odds_twice_are_found(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    header = ("school", "year", "math", "pupils")
    rows = [
        (f"s{school:02d}", str(year), f"{(88 if school == 7 else 50 + (school * 7 + year * 3) % 11):.1f}", "400")
        for year in (2021, 2022, 2023)
        for school in range(30)
    ]
    mapping = PanelMapping.from_dict(
        {
            "framework": "schools",
            "framework_th": "โรงเรียน",
            "framework_en": "Schools",
            "owner": "ก",
            "unit": ["school"],
            "size": "pupils",
            "period": {"column": "year", "calendar": "ce", "month": 12},
            "organisations": {"create": True, "kind": "school", "prefix": "x-"},
            "indicators": [
                {
                    "code": "math",
                    "kind": "percent",
                    "mean_of": "นักเรียน",
                    "denominator": "pupils",
                    "direction": "higher",
                    "unit_th": "ร้อยละ",
                    "unit_en": "percent",
                    "policy_area": "quality",
                    "name_th": "คณิตศาสตร์",
                    "name_en": "Mathematics",
                }
            ],
        }
    )
    reading = read_panel(Sheet("p", (header, *rows)), mapping)
    with django_capture_on_commit_callbacks(execute=True):
        collection.import_panel(by=SYSTEM, mapping=mapping, reading=reading, file_name="p.csv", now=NOW)
    latest = frameworks.rounds(viewer=SYSTEM, framework_code="schools")[0]
    found = queries.positive_outliers(viewer=SYSTEM, round_id=latest.id, kind="school")
    assert [item.area.code for item in found] == ["x-s07"]
    assert len(found[0].evidence) >= 2
    assert queries.positive_outliers(viewer=SYSTEM, round_id=latest.id) == ()
