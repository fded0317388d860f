from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import (
    AreaRef,
    LowCase,
    OutlierEvidence,
    PolicyStrength,
    PolicyStrengths,
    PositiveOutlier,
    Source,
    Span,
    StrongArea,
)
from sanyan.apps.organisations.models import Organisation, Tie
from sanyan.interfaces.web.explanations import ABOUT, STATISTICS, about

pytestmark = pytest.mark.django_db
SOURCE = Source("SMALL", "2568-09", 6, "x")


@pytest.fixture
def world(certified_world: World) -> World:
    return certified_world


def area(world: World, code: str) -> AreaRef:
    region = f"R{code[0]}"
    return AreaRef(
        world.ids[code], code, f"สพ.{code}", f"Office {code}", "primary", region, region, region, (), 1.0, 1.0
    )


def strength(policy: str, middle: float, p_better: float, word: str) -> PolicyStrength:
    span = Span(middle, middle - 0.3, middle + 0.3, middle - 0.5, middle + 0.5)
    return PolicyStrength(policy, "ความปลอดภัย", "Safety", span, p_better, 2, 2, 3, span, 0.9, word)


@pytest.fixture
def found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A1 and B1 strong, A2 to develop; A1 does well against the odds beside B2 and somebody out of sight."""
    strong = tuple(StrongArea(area(world, code), strength("SAF", 1.2, 0.99, "strong")) for code in ("A1", "B1"))
    weak = (StrongArea(area(world, "A2"), strength("SAF", -1.4, 0.01, "weak")),)
    policy = PolicyStrengths("SAF", "ความปลอดภัย", "Safety", strong, weak, 6, SOURCE)
    indicator = factories.small_framework().indicator("SAF-01")
    case = PositiveOutlier(
        area=area(world, "A1"),
        evidence=tuple(OutlierEvidence(indicator, year, 0.98, 120) for year in (2568, 2567)),
        p_twice=0.97,
        low_cases=(LowCase(area(world, "B2"), 0.3, (indicator,)), LowCase(None, 0.4, (indicator,))),
    )
    monkeypatch.setattr(analytics, "policy_strengths", lambda **asked: (policy,))
    monkeypatch.setattr(analytics, "positive_outliers", lambda **asked: (case,) if asked["kind"] == "area" else ())


@pytest.fixture
def officer(world: World) -> Client:
    return SignIn(world)("me_officer")


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_each_side_is_told_with_its_interval_and_its_years(officer: Client, found: None) -> None:
    page = body(officer, "/strengths/")
    assert "2 เขตเด่นกว่าที่บริบททำให้คาดอย่างน้อยหนึ่งด้าน 1 เขตมีอย่างน้อยหนึ่งด้านที่ควรพัฒนา" in page
    assert "+1.2 <small>(+0.9 … +1.5)</small>" in page
    assert "2 จาก 3 ปี" in page
    assert "ไม่ได้เรียงตามขนาด" in page


def test_candidates_stand_beside_like_cases_that_do_less_well(officer: Client, found: None) -> None:
    page = body(officer, "/strengths/")
    cases = page[page.index('id="cases"') :]
    assert "ผู้สมัครเป็นแบบอย่าง" in cases
    assert "2567: มั่นใจ 98" in cases.replace("\n", " ").replace("  ", "")
    assert "สพ.B2" in cases
    assert "แห่งที่อยู่นอกขอบเขตที่ท่านดูได้" in cases
    assert "ยังไม่ใช่ข้อสรุป" in cases


def test_schools_are_asked_for_on_their_own(officer: Client, found: None) -> None:
    page = body(officer, "/strengths/?kind=school")
    assert "ยังไม่มีสถานศึกษาที่ทำได้ดีเกินบริบท" in page


def test_a_region_and_a_policy_area_can_be_chosen_in_the_address(officer: Client, found: None) -> None:
    page = body(officer, "/strengths/?region=RB")
    assert "สพ.B1" in page
    assert "สพ.A1" not in page
    assert "ยังไม่มีเขตที่ทำได้ดีเกินบริบทซ้ำ" in page
    assert "สพ.A1" not in body(officer, "/strengths/?policy=QUA")


def test_the_file_holds_every_bound_as_a_figure(officer: Client, found: None) -> None:
    response = officer.get("/strengths/?csv=strengths")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][:2] == ["ความปลอดภัย", "สพ.A1"]
    assert [float(cell) for cell in rows[3][4:9]] == [-1.4, -1.7, -1.1, -1.9, -0.9]


def test_somebody_of_one_area_sees_what_it_is_strong_at(world: World) -> None:
    page = body(SignIn(world)("area_officer", "A1"), "/strengths/")
    assert "สพ.A1 เด่นเรื่องใด" in page
    assert "สพ.B3" not in page


def test_schools_below_an_area_do_not_hide_what_it_is_strong_at(world: World) -> None:
    school = Organisation.objects.create(code="S1", kind="school", name_th="โรงเรียนหนึ่ง", short_th="รร.หนึ่ง")
    Tie.objects.create(child=school, parent_id=world.ids["A1"], scheme="administrative", valid_from=date(2003, 7, 7))
    assert "สพ.A1 เด่นเรื่องใด" in body(SignIn(world)("area_officer", "A1"), "/strengths/")


def test_a_place_that_is_no_area_of_the_round_still_has_the_page(world: World) -> None:
    empty = Organisation.objects.create(code="RC", kind="region", name_th="เขตตรวจราชการที่ 3", short_th="ตรวจ 3")
    world.ids["RC"] = empty.pk
    assert "สพ." not in body(SignIn(world)("region_director", "RC"), "/strengths/")
    Organisation.objects.filter(code="A1").update(closed_on=world.round.data_until)
    assert "เขตใดเด่นเรื่องใด" in body(SignIn(world)("area_officer", "A1"), "/strengths/")


def test_before_there_is_a_report_the_page_says_what_it_will_hold(
    db: None, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    settings.FACTS_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        empty = factories.small_world()
    assert "ยังเทียบเขตไม่ได้" in body(SignIn(empty)("me_officer"), "/strengths/")
    assert "จุดเด่นจะแสดงเมื่อ" in body(SignIn(empty)("area_officer", "A1"), "/strengths/")


def test_every_statistic_is_explained_in_plain_words_and_by_its_name(officer: Client) -> None:
    page = body(officer, "/strengths/how-to-read/")
    assert all(f'id="{item.key}"' in page for item in STATISTICS)
    assert "empirical-Bayes shrinkage" in page
    officer.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Drawn towards what is expected" in body(officer, "/strengths/how-to-read/")


@pytest.mark.parametrize("subject", ABOUT)
def test_what_a_page_explains_is_among_the_statistics(subject: str) -> None:
    assert [item.key for item in about(subject)] == list(ABOUT[subject])


@pytest.mark.parametrize("path", ["/strengths/", "/areas/{}/", "/indicators/SAF-01/", "/indicators/SAF-01/compare/"])
def test_the_explanation_is_one_click_away(world: World, officer: Client, path: str) -> None:
    assert 'href="/strengths/how-to-read/"' in body(officer, path.format(world.ids["A1"]))
