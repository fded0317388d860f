from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from tests import factories
from tests.factories import TODAY, World
from tests.interfaces.web.people import SignIn

from sanyan.apps.synthesis import queries
from sanyan.apps.synthesis.queries import Between, Grid, Lines, Num
from sanyan.core.asking.cues import Intent
from sanyan.interfaces.web.ask.writing import sentence, table, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(certified_world: World) -> World:
    return certified_world


@pytest.fixture
def officer(world: World) -> Client:
    return SignIn(world)("me_officer")


def body(client: Client, question: str, more: str = "") -> str:
    response = client.get(f"/ask/?q={quote(question)}{more}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_page_is_titled_with_the_question_and_its_first_line_is_the_answer(officer: Client) -> None:
    page = body(officer, "SAF-01 เท่าไร")
    assert "<title>SAF-01 เท่าไร" in page
    answer = re.search(r'<p class="answer">(.*?)</p>', page, re.DOTALL)
    assert answer is not None
    assert "65.0" in answer[1]


def test_what_was_understood_can_be_put_right_in_the_address(officer: Client) -> None:
    page = body(officer, "SAF-01 เท่าไร")
    assert "เข้าใจว่า" in page
    for name in ("intent", "about", "place", "kind", "at"):
        assert f'name="{name}"' in page
    changed = body(officer, "SAF-01 เท่าไร", "&about=SAF-02&place=RA")
    assert "กลับไปตามที่ถาม" in changed
    assert re.search(r'<option value="SAF-02" selected', changed)
    assert re.search(r'<option value="RA" selected', changed)


@pytest.mark.parametrize(("at", "status"), [("9" * 40, 404), ("9" * 5_000, 404), ("²", 200), ("\0", 200)])
def test_a_round_that_there_is_not_is_not_found(officer: Client, at: str, status: int) -> None:
    assert officer.get("/ask/", {"q": "ภาพรวมรอบนี้", "at": at}).status_code == status


def test_without_data_the_page_says_so_and_offers_other_questions(officer: Client) -> None:
    page = body(officer, "จำนวนสระว่ายน้ำของเขต")
    assert "ไม่พบข้อมูล" in page
    assert "เขตใดมีจุดแข็งด้านการอ่าน" in page


def test_markup_in_a_question_is_text(officer: Client) -> None:
    response = officer.get("/ask/?q=" + quote("<script>alert(1)</script> SAF-01"))
    assert b"<script>alert(1)" not in response.content
    assert "คำสั่งถึงระบบ" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "area", "example"),
    [("me_officer", "", "โรงเรียนแบบใดควรต่อยอด"), ("area_officer", "A1", "จุดแข็งของเขตเรา")],
)
def test_an_empty_page_shows_questions_of_the_readers_role(world: World, role: str, area: str, example: str) -> None:
    page = SignIn(world)(role, area).get("/ask/").content.decode()
    assert example in page


def test_every_example_is_answered_for_those_it_is_shown_to(world: World) -> None:
    for role, area in (("me_officer", ""), ("area_officer", "A1")):
        client = SignIn(world)(role, area)
        viewer = factories.viewer(role, world.ids[area] if area else None)
        for words in queries.examples(viewer=viewer):
            assert client.get(f"/ask/?q={quote(words.th)}").status_code == 200, words.th


def test_who_may_see_nothing_gets_the_page_of_what_is_not_there(world: World) -> None:
    assert SignIn(world)("participant", "A1").get("/ask/?q=SAF-01").status_code == 404


def test_a_chart_of_an_answer_can_be_taken_away(officer: Client) -> None:
    page = body(officer, "กี่เขตถึงเป้า SAF-01")
    assert 'id="chart-tally"' in page
    response = officer.get("/ask/?q=" + quote("กี่เขตถึงเป้า SAF-01") + "&csv=tally")
    assert response["Content-Type"].startswith("text/csv")


def test_english_readers_are_answered_in_english(world: World) -> None:
    client = SignIn(world)("me_officer")
    client.cookies["django_language"] = "en"
    page = body(client, "What is SAF-01?")
    assert "Understood as" in page or "เข้าใจว่า" in page


def test_every_number_on_the_page_is_one_that_the_answer_traces(world: World, rf: Any) -> None:
    request = rf.get("/ask/")
    viewer = factories.viewer("me_officer")
    for intent in (Intent.VALUE, Intent.TARGET, Intent.EXTREMES, Intent.CHANGE, Intent.REPORTING, Intent.PROFILE):
        told = queries.answer(
            viewer=viewer,
            question="SAF-01 เท่าไร",
            round_id=world.round.id,
            today=TODAY,
            corrections=queries.Corrections(intent=intent.value, about="SAF-01"),
        )
        traced = {figure for number in queries.numbers_of(told) for figure in figures(written(number))}
        lines = [told.headline, *(line for b in told.blocks if isinstance(b, Lines) for line, _ in b.items)]
        for line in lines:
            names = {figure for words in line.names.values() for figure in figures(words.th)}
            assert figures(sentence(line)) <= traced | names
        for grid in (block for block in told.blocks if isinstance(block, Grid)):
            cells = [
                c.text
                for row, kept in zip(table(request, grid).rows, grid.rows, strict=True)
                for c, cell in zip(row.cells, kept.cells, strict=True)
                if isinstance(cell, Num | Between)
            ]
            assert {figure for cell in cells for figure in figures(re.sub(r"<[^>]+>", "", str(cell)))} <= traced


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?", text))
