from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.apps.narratives.problems_world import OFFICER, proposed_themes, world_of_problems
from tests.factories import NOW, World
from tests.interfaces.web import listening
from tests.interfaces.web.people import SignIn

from sanyan.apps.jobs import queries as jobs
from sanyan.apps.narratives import actions, queries
from sanyan.apps.narratives.models import Theme, ThemeAssignment, ThemeSet

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, int]]:
    def world_with_a_proposal() -> tuple[World, int]:
        return world_of_problems(), proposed_themes()

    with listening.for_a_module(django_db_blocker, world_with_a_proposal) as made:
        yield made


@pytest.fixture
def world(made: tuple[World, int], db: None) -> World:
    return made[0]


@pytest.fixture
def proposed(made: tuple[World, int], world: World) -> int:
    return made[1]


@pytest.fixture
def signed(proposed: int) -> int:
    listening.sign(proposed)
    return proposed


@pytest.fixture
def officer(world: World) -> Client:
    return SignIn(world)("me_officer")


def kept(theme_set: int) -> list[queries.ThemeInfo]:
    return list(queries.theme_set(viewer=OFFICER, id=theme_set).themes)


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def send(client: Client, path: str, **form: Any) -> str:
    """What the page that follows a form says."""
    response = client.post(path, form, follow=True)
    assert response.status_code == 200, (path, form)
    return response.content.decode()


def of_theme(theme_id: int) -> set[int]:
    return {row.passage.id for row in queries.passages_of_theme(viewer=OFFICER, theme_id=theme_id)}


def test_a_proposal_is_asked_for_as_a_job_that_can_be_watched(officer: Client) -> None:
    page = send(officer, "/listen/themes/propose/", stance="problem", policy="", groups="5")
    assert "กำลังจัดกลุ่มข้อความเป็นประเด็น" in page
    (job,) = [job for job in jobs.jobs(limit=20) if job.kind == "narratives.propose"]
    assert job.state == "queued"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"stance": "angry"}, "ยังไม่ได้เลือก"),
        ({}, "ยังไม่ได้เลือก"),
        ({"stance": "suggestion"}, "จัดกลุ่มไม่ได้"),
        ({"stance": "problem", "policy": "\x00X"}, "จัดกลุ่มไม่ได้"),
        ({"stance": "problem", "groups": "9" * 30}, "จำนวนกลุ่ม"),
        ({"stance": "problem", "groups": "1"}, "จำนวนกลุ่ม"),
    ],
)
def test_a_proposal_that_cannot_be_made_is_told_in_words(officer: Client, form: dict[str, str], told: str) -> None:
    assert told in send(officer, "/listen/themes/propose/", **form)
    assert not [job for job in jobs.jobs(limit=20) if job.kind == "narratives.propose"]


def test_a_proposal_is_seen_and_worked_on_by_who_manages_themes_alone(proposed: int, world: World) -> None:
    theme = kept(proposed)[0].id
    for role, area in (("executive", ""), ("area_officer", "A1")):
        client = SignIn(world)(role, area)
        assert client.get(f"/listen/themes/sets/{proposed}/").status_code == 404
        assert client.get(f"/listen/themes/{theme}/").status_code == 404
        for path in (f"{theme}/change/", f"{theme}/correct/", f"sets/{proposed}/sign/"):
            form = {"deed": "sign" if "sign" in path else "drop" if "change" in path else "out", "passage": "1"}
            assert client.post(f"/listen/themes/{path}", form).status_code == 404, path
        assert client.post("/listen/themes/propose/", {"stance": "problem"}).status_code in (302, 403, 404)
        page = body(client, "/listen/themes/")
        assert "ให้ระบบเสนอประเด็น" not in page
        assert "รอคนตรวจและรับรอง" not in page
    assert ThemeSet.objects.get(pk=proposed).state == "proposed"
    assert not [job for job in jobs.jobs(limit=20) if job.kind == "narratives.propose"]


def test_deeds_are_posted_with_a_token(proposed: int, officer: Client) -> None:
    theme = kept(proposed)[0].id
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = officer.cookies
    for path in ("propose/", f"{theme}/change/", f"{theme}/correct/", f"sets/{proposed}/sign/"):
        assert officer.get(f"/listen/themes/{path}").status_code == 405
        assert strict.post(f"/listen/themes/{path}", {"deed": "sign"}).status_code == 403
    page = body(officer, f"/listen/themes/sets/{proposed}/")
    assert page.count("csrfmiddlewaretoken") >= page.count('action="/listen/themes/')


def test_an_officer_renames_merges_drops_and_takes_back(proposed: int, officer: Client) -> None:
    one, other = kept(proposed)
    change = f"/listen/themes/{one.id}/change/"
    assert "เปลี่ยนชื่อประเด็นแล้ว" in send(officer, change, deed="rename", label_th="ครู\x00ไม่พอ", label_en="Few teachers")
    assert queries.theme(viewer=OFFICER, id=one.id)[1].label_en == "Few teachers"
    assert "ต้องมีชื่อ" in send(officer, change, deed="rename", label_th="   ")
    assert "อยู่แล้วในชุดนี้" in send(officer, change, deed="rename", label_th=other.label_th)
    assert "ตัดประเด็นออกจากชุดแล้ว" in send(officer, change, deed="drop")
    page = body(officer, f"/listen/themes/sets/{proposed}/")
    assert "ประเด็นที่ตัดหรือรวมแล้ว" in page
    assert "นำประเด็นกลับเข้าชุดแล้ว" in send(officer, change, deed="keep")
    assert "รวมประเด็นแล้ว" in send(officer, change, deed="merge", into=str(other.id))
    assert [theme.id for theme in kept(proposed)] == [other.id]


@pytest.mark.parametrize("form", [{}, {"deed": "burn"}, {"deed": "rename", "label_th": "<i>x</i>"}])
def test_odd_deeds_do_no_harm(proposed: int, officer: Client, form: dict[str, str]) -> None:
    theme = kept(proposed)[0]
    page = send(officer, f"/listen/themes/{theme.id}/change/", **form)
    assert "<i>x</i>" not in page
    send(officer, f"/listen/themes/{theme.id}/correct/", **form)
    send(officer, f"/listen/themes/sets/{proposed}/sign/", **form)
    assert ThemeSet.objects.get(pk=proposed).state == "proposed"
    assert len(kept(proposed)) == 2


@pytest.mark.parametrize("into", ["", "x", "9" * 40, "0"])
def test_merging_into_nothing_is_not_found(proposed: int, officer: Client, into: str) -> None:
    theme = kept(proposed)[0].id
    assert officer.post(f"/listen/themes/{theme}/change/", {"deed": "merge", "into": into}).status_code == 404
    assert len(kept(proposed)) == 2


def test_a_theme_is_split_by_the_passages_chosen(proposed: int, officer: Client) -> None:
    theme = kept(proposed)[0].id
    chosen = sorted(of_theme(theme))[:2]
    correct = f"/listen/themes/{theme}/correct/"
    assert "ยังไม่ได้เลือกข้อความ" in send(officer, correct, deed="split", label_th="เรื่องใหม่")
    assert "แยกเป็นประเด็นใหม่แล้ว" in send(officer, correct, deed="split", label_th="เรื่องใหม่", passage=chosen)
    made = Theme.objects.get(theme_set=proposed, label_th="เรื่องใหม่")
    assert of_theme(made.pk) == set(chosen)
    assert "คนแยกเอง" in body(officer, f"/listen/themes/sets/{proposed}/")


def test_a_passage_taken_out_stays_out_and_tells_who_did_it(signed: int, officer: Client) -> None:
    theme = kept(signed)[0].id
    first, second = sorted(of_theme(theme))[:2]
    correct = f"/listen/themes/{theme}/correct/"
    assert "นำข้อความที่เลือกออกจากประเด็นแล้ว" in send(officer, correct, deed="out", passage=[first])
    assert first not in of_theme(theme)
    assert ThemeAssignment.objects.get(theme=theme, passage=first).assigned_by == "ผู้ทดสอบ"
    send(officer, correct, deed="out", passage=[first, second])
    assert second not in of_theme(theme)
    for passages in ([], ["x"], [first]):
        assert "ยังไม่ได้เลือกข้อความที่จะนำออก" in send(officer, correct, deed="out", passage=passages)
    assert "ปรับการจัดประเด็นตามที่คนแก้แล้ว" in send(officer, f"/listen/themes/sets/{signed}/sign/", deed="learn")
    assert officer.post(correct, {"deed": "out", "passage": "9" * 18}).status_code == 404


def test_an_officer_signs_and_everyone_sees_what_stands_behind_it(proposed: int, officer: Client, world: World) -> None:
    page = send(officer, f"/listen/themes/sets/{proposed}/sign/", deed="sign")
    assert "รับรองชุดประเด็นแล้ว" in page
    assert "รับรองชุดประเด็นนี้</button>" not in page
    assert ThemeSet.objects.get(pk=proposed).signed_by == "ผู้ทดสอบ"
    assert "เปลี่ยนสถานะไปแล้ว" in send(officer, f"/listen/themes/sets/{proposed}/sign/", deed="sign")
    reader = SignIn(world)("executive")
    page = body(reader, f"/listen/themes/sets/{proposed}/")
    assert "ชุดนี้มาจากอะไร" in page
    assert '<form method="post" class="boxes"' not in page
    assert "เจ้าหน้าที่รับรองแล้ว 1 ชุด รวม 2 ประเด็น" in body(reader, "/listen/themes/")


def test_an_area_counts_all_and_reads_its_own(signed: int, world: World) -> None:
    client = SignIn(world)("area_officer", "A1")
    page = body(client, f"/listen/themes/sets/{signed}/")
    assert "3</b> เขต" in page.replace("\n", "")
    assert "หน่วยงาน A1" in page
    for code in ("A2", "B1"):
        assert f"หน่วยงาน {code}" not in page
    pages = [body(client, f"/listen/themes/{theme.id}/") for theme in kept(signed)]
    assert sum("ไม่มีข้อความของเขตที่ท่านดูได้ในประเด็นนี้" in page for page in pages) == 1
    assert not any('name="passage"' in page for page in pages)


def test_trends_tell_shares_with_their_bounds_and_hide_groups_of_few(signed: int, officer: Client) -> None:
    page = body(officer, "/listen/trends/")
    assert "ยังไม่มีรอบเดียวกันของปีก่อนให้เทียบ" in page
    assert "3 / 6" in page
    assert "50 <small>(19–81)</small>" in page
    assert "น้อยกว่า 5 เขต" in page
    for odd in ("?set=x", f"?set={'9' * 40}", "?set=0"):
        body(officer, f"/listen/trends/{odd}")
    assert officer.get("/listen/trends/?csv=other").status_code == 404


def test_the_file_of_trends_holds_figures_and_runs_no_formula(signed: int, officer: Client) -> None:
    Theme.objects.filter(pk=kept(signed)[0].id).update(label_th="=HYPERLINK(1)")
    response = officer.get("/listen/trends/?csv=themes")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    found = {row[0]: row for row in rows[1:3]}
    assert found["'=HYPERLINK(1)"][1:6] == ["3", "6", "50.0", "18.8", "81.2"]
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_without_a_signed_set_trends_say_what_is_lacking(officer: Client, proposed: int) -> None:
    page = body(officer, "/listen/trends/")
    assert "ยังบอกแนวโน้มไม่ได้ เพราะยังไม่มีชุดประเด็นที่รับรอง" in page
    assert 'href="/listen/themes/"' in page
    assert officer.get("/listen/trends/?csv=themes").status_code == 404


@pytest.mark.parametrize("path", ["sets/999999/", f"sets/{'9' * 30}/", "999999/", f"{'9' * 30}/"])
def test_themes_that_are_not_there_are_not_found(officer: Client, path: str) -> None:
    assert officer.get(f"/listen/themes/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_themes_and_passages(officer: Client, proposed: int) -> None:
    whole, split = kept(proposed)
    path = f"/listen/themes/sets/{proposed}/"
    body(officer, path)
    with CaptureQueriesContext(connection) as few:
        body(officer, path)
    for number, passage in enumerate(sorted(of_theme(split.id))[:4]):
        label = f"เรื่องที่ {number}"
        actions.split_theme(by=OFFICER, theme_id=split.id, passage_ids=[passage], label_th=label, now=NOW)
    with CaptureQueriesContext(connection) as many:
        body(officer, path)
    assert len(many) <= len(few) <= 35
    with CaptureQueriesContext(connection) as long:
        body(officer, f"/listen/themes/{whole.id}/")
    with CaptureQueriesContext(connection) as short:
        body(officer, f"/listen/themes/{split.id}/")
    assert len(long) <= len(short) <= 35


def test_english_readers_read_english(signed: int, world: World) -> None:
    client = SignIn(world)("me_officer")
    client.cookies["django_language"] = "en"
    assert "What do areas speak of?" in body(client, "/listen/themes/")
    assert "Problem: what do areas speak of?" in body(client, f"/listen/themes/sets/{signed}/")
    assert "What is told more, what less, and where?" in body(client, "/listen/trends/")
    theme = kept(signed)[0].id
    assert "9 months 2025" in body(client, f"/listen/themes/{theme}/")
