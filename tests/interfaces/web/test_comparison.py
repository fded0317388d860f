from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import IndicatorComparison
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState

pytestmark = pytest.mark.django_db
PAGE = "/indicators/SAF-01/compare/"
REPORTED = {"A1": (97, 100), "A2": (40, 100), "A3": (3, 4), "B1": (6, 8), "B2": (80, 100), "B3": (82, 100)}


def level(value: float) -> FilledAnswer:
    return FilledAnswer("QUA-02", AnswerState.REPORTED, value=value)


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> World:
    """Six areas compared on SAF-01: one with fewer than five cases, one with fewer than ten."""
    settings.FACTS_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        made = factories.small_world()
        for place, (code, (numerator, denominator)) in enumerate(REPORTED.items()):
            factories.certify(made, code, factories.percent(numerator, denominator), level(1 + place % 5))
    return made


@pytest.fixture
def officer(world: World) -> Client:
    return SignIn(world)("me_officer")


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def table(client: Client, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


def test_every_area_stands_there_with_an_interval_and_a_range_of_ranks(officer: Client) -> None:
    page = body(officer, PAGE)
    assert "เขตใดต่างจากที่คาดตามบริบท" in page
    for code in REPORTED:
        assert f"สพ.{code}" in page
    assert "อันดับน่าจะอยู่ระหว่าง" in page
    assert "ลำดับในตารางไม่ใช่การจัดอันดับ" in page
    assert 'id="chart-caterpillar"' in page
    assert 'id="chart-funnel"' in page


def test_fewer_than_five_cases_are_hidden_on_the_page_and_in_the_file(officer: Client) -> None:
    assert "มีไม่ถึง 5 จึงไม่แสดง" in body(officer, PAGE)
    rows = {row[0]: row for row in table(officer, f"{PAGE}?csv=caterpillar") if row}
    assert set(rows["สพ.A3"][2:-1]) == {"–"}
    assert rows["สพ.A1"][2] == "100"
    assert all("สพ.A3" not in row for row in table(officer, f"{PAGE}?csv=funnel"))


def test_fewer_than_ten_cases_are_to_be_read_with_care(officer: Client) -> None:
    page = body(officer, f"{PAGE}?region=RB")
    assert "มีไม่ถึง 10 โปรดอ่านด้วยความระวัง" in page
    assert 'class="greyed"' in page


def test_a_filter_keeps_all_areas_in_the_picture_but_names_only_its_own_in_the_table(officer: Client) -> None:
    page = body(officer, f"{PAGE}?region=RA")
    rows = page[page.index('id="compare-table"') :]
    assert "สพ.A1" in rows
    assert "สพ.B2" not in rows
    assert not any("สพ.B2" in row for row in table(officer, f"{PAGE}?region=RA&csv=caterpillar"))


def test_somebody_of_one_area_sees_the_others_without_names(world: World) -> None:
    client = SignIn(world)("area_officer", "A1")
    page = body(client, PAGE)
    assert "แสดงเป็นจุดไม่มีชื่อ" in page
    assert "สพ.A1" in page
    for code in ("A2", "A3", "B1", "B2", "B3"):
        assert f"สพ.{code}" not in page
    assert [row[0] for row in table(client, f"{PAGE}?csv=caterpillar") if row and row[0].startswith("สพ.")] == ["สพ.A1"]


def test_downloaded_differences_are_figures_that_a_spreadsheet_reads(officer: Client) -> None:
    held = table(officer, f"{PAGE}?csv=caterpillar")
    column = held[0].index("ต่างจากที่คาด")
    told = [row[column] for row in held[1:] if row and row[0].startswith("สพ.") and row[column] != "–"]
    assert len(told) == 5
    assert any(float(cell) < 0 for cell in told)
    assert not any(cell.startswith(("'", "+", "=", "@")) for row in held for cell in row)


@pytest.mark.parametrize("sort", ["region", "-region", "difference", "-difference", "p", "n", "-n", "nonsense"])
def test_areas_without_a_value_come_last_in_every_order(officer: Client, sort: str) -> None:
    page = body(officer, f"{PAGE}?sort={sort}")
    rows = page[page.index('id="compare-table"') :]
    places = {code: rows.index(f"สพ.{code}") for code in REPORTED}
    if sort.removeprefix("-") in ("difference", "p", "n"):
        assert max(places, key=lambda code: places[code]) == "A3"


def test_a_level_without_earlier_rounds_says_why_it_is_not_compared(officer: Client) -> None:
    page = body(officer, "/indicators/QUA-02/compare/")
    assert "ตัวชี้วัดนี้เป็นระดับคุณภาพ" in page
    assert "ยังเทียบเขตไม่ได้" in page


def test_levels_have_a_place_and_no_difference_in_a_unit(officer: Client, told: Callable[..., None]) -> None:
    told(by_place=True, target=3.0)
    page = body(officer, PAGE)
    assert "0 คือต่ำสุด 100 คือสูงสุด" in page
    assert "เป้า 3" not in page
    rows = page[page.index('id="compare-table"') :]
    assert "ต่างจากที่คาด" not in rows


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets the page be told a comparison that differs in some fields from the one there is."""
    ask = analytics.indicator_comparison

    def change(**fields: object) -> None:
        def answered(**asked: Any) -> IndicatorComparison:
            return replace(ask(**asked), **fields)  # type: ignore[arg-type]

        monkeypatch.setattr(analytics, "indicator_comparison", answered)

    return change


def test_doubted_areas_are_named_as_not_compared_until_explained(officer: Client, told: Callable[..., None]) -> None:
    told(doubted_count=2)
    page = body(officer, PAGE)
    assert "ยังไม่นำมาเทียบจนกว่าจะอธิบายข้อค้นพบ" in page
    assert "2 เขตมีข้อค้นพบ" in page


def test_the_heavy_question_is_asked_once_a_page(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = analytics.indicator_comparison

    def counted(**question: Any) -> IndicatorComparison:
        asked.append(question["code"])
        return ask(**question)

    monkeypatch.setattr(analytics, "indicator_comparison", counted)
    body(officer, PAGE)
    assert asked == ["SAF-01"]


@pytest.mark.parametrize("code", ["QUA-03", "QUA-04", "NOTHING"])
def test_what_is_not_compared_is_not_found(officer: Client, code: str) -> None:
    assert officer.get(f"/indicators/{code}/compare/").status_code == 404


def test_the_page_is_complete_in_english(officer: Client) -> None:
    officer.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    page = body(officer, PAGE)
    assert "Which areas differ from what their context leads one to expect?" in page
    assert "Rank likely between" in page
    assert "Fewer than 5 cases: not shown" in page


def test_the_indicator_page_and_the_list_lead_to_the_comparison(officer: Client) -> None:
    assert f'href="{PAGE}"' in body(officer, "/indicators/SAF-01/")
    assert f'href="{PAGE}"' in body(officer, "/indicators/")
    assert "/indicators/QUA-03/compare/" not in body(officer, "/indicators/")
