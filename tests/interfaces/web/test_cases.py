"""Models on pages: what each role sees, puts forward, verifies and chooses; every quote opens its source."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from tests import factories
from tests.factories import NOW, World
from tests.interfaces.web.people import SignIn

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.cases import actions
from sanyan.apps.cases.models import Case, CaseField, SelectionEntry, SelectionRound
from sanyan.core.indicators.definitions import NarrativeField
from sanyan.interfaces.web.cases.asking import Asked

pytestmark = pytest.mark.django_db
STORY = ("title", "objective", "process", "quantitative", "success_factors", "problem", "suggestion")


@pytest.fixture
def world(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> World:
    """A round in which A1 has certified a figure, and a form with the boxes of a story."""
    settings.FACTS_ROOT = tmp_path
    settings.JOB_KINDS = {}
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    fields = tuple(NarrativeField(key, f"ช่อง {key}", f"Box {key}") for key in STORY)
    made = replace(factories.small_framework(), narrative_fields=fields)
    monkeypatch.setattr(factories, "small_framework", lambda: made)
    world = factories.small_world()
    with django_capture_on_commit_callbacks(execute=True):
        factories.certify(world, "A1", factories.percent(80, 100))
    return world


@pytest.fixture
def sign_in(world: World) -> SignIn:
    return SignIn(world)


@pytest.fixture
def case_id(world: World) -> int:
    """A drafted case that A1 put forward."""
    made = actions.nominate(
        by=world.officer("A1"),
        organisation_id=world.ids["A1"],
        round_id=world.round.id,
        policy_area="SAF",
        indicator_code="SAF-01",
        title="ตลาดนัดความปลอดภัย",
        why="โรงเรียนเล็กก็ทำได้",
        texts={"process": "ครูสำรวจจุดเสี่ยง สัปดาห์ละ 2 ชั่วโมง", "quantitative": "ลดจาก 12 เหลือ 7 แห่ง"},
        now=NOW,
    )
    actions.draft_card(by=SYSTEM, case_id=made, now=NOW)
    return made


@pytest.fixture
def published(case_id: int) -> int:
    actions.verify(by=SYSTEM, case_id=case_id, now=NOW)
    actions.publish(by=SYSTEM, case_id=case_id, now=NOW)
    return case_id


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_an_empty_library_says_what_it_will_hold(world: World, sign_in: SignIn) -> None:
    page = body(sign_in("executive"), "/cases/")
    assert "ยังไม่มีแบบอย่างในคลัง" in page
    assert "คลังแบบอย่าง" in page


def test_everyone_reads_what_is_published_and_candidates_only_their_own(
    case_id: int, world: World, sign_in: SignIn
) -> None:
    near, far = sign_in("area_officer", "A1"), sign_in("area_officer", "B1")
    assert "ตลาดนัดความปลอดภัย" in body(near, "/cases/candidates/")
    assert "ตลาดนัดความปลอดภัย" not in body(far, "/cases/candidates/")
    body(far, f"/cases/{case_id}/", 404)
    actions.verify(by=SYSTEM, case_id=case_id, now=NOW)
    actions.publish(by=SYSTEM, case_id=case_id, now=NOW)
    page = body(far, "/cases/")
    assert "ตลาดนัดความปลอดภัย" in page
    assert "เขตเสนอ" in page
    assert "80.0" in page
    assert "ตลาดนัด" not in body(far, "/cases/?policy=QUA")
    assert "เหมาะกับ" in body(far, f"/cases/{case_id}/")


def test_every_quote_leads_to_its_mark_in_the_source(published: int, sign_in: SignIn) -> None:
    page = body(sign_in("executive"), f"/cases/{published}/")
    leads = set(re.findall(r'href="#(source-\d+-\d+)"', page))
    marks = set(re.findall(r'<mark class="mark-hit" id="(source-\d+-\d+)">', page))
    assert leads
    assert leads <= marks
    assert "ไม่มีข้อมูล" in page  # the cost, which nobody wrote
    assert "ระบุไว้" in page


def test_pages_read_in_english(published: int, sign_in: SignIn) -> None:
    client = sign_in("me_officer")
    client.cookies["django_language"] = "en"
    page = body(client, f"/cases/{published}/")
    assert "What was done" in page
    assert "Which models are there to learn from" in body(client, "/cases/")
    for address in ("/cases/candidates/", "/cases/selections/", "/cases/new/", "/cases/?tab=similar"):
        body(client, address)


def test_an_area_puts_a_case_forward_and_adds_to_it(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    sent = {
        "organisation": str(world.ids["A1"]),
        "title": "ครูพี่เลี้ยง",
        "matter": "SAF:SAF-01",
        "why": "",
        "process": "ครูพี่เลี้ยงดูแล 5 คน",
    }
    refused = client.post("/cases/new/", sent)
    assert refused.status_code == 200
    assert "ครูพี่เลี้ยงดูแล 5 คน" in refused.content.decode()
    assert client.post("/cases/new/", {**sent, "why": "ได้ผล"}).status_code == 302
    case = Case.objects.get()
    assert (case.indicator_code, case.proposed_by) == ("SAF-01", "ผู้ทดสอบ")
    client.post(f"/cases/{case.pk}/tell/", {"process": "ใช้งบ 900 บาท"})
    assert CaseField.objects.get(case=case, field="cost").value == "ใช้งบ 900 บาท"
    assert sign_in("area_officer", "B1").post("/cases/new/", {**sent, "why": "ได้ผล"}).status_code == 200
    assert Case.objects.count() == 1


def test_the_bureau_edits_verifies_and_publishes(case_id: int, sign_in: SignIn) -> None:
    client, area = sign_in("me_officer"), sign_in("area_officer", "A1")
    body(area, f"/cases/{case_id}/edit/", 404)
    assert "บัตรตรงกับต้นฉบับ" in body(client, f"/cases/{case_id}/edit/")
    client.post(f"/cases/{case_id}/edit/", {"field": "cost", "value": "ไม่ใช้งบ", "standing": "stated"})
    client.post(f"/cases/{case_id}/edit/", {"deed": "title", "title": "ตลาดนัดปลอดภัย"})
    assert "ไม่ใช้งบ" in body(client, f"/cases/{case_id}/")
    area.post(f"/cases/{case_id}/", {"deed": "verify"})
    assert Case.objects.get(pk=case_id).state == "drafted"
    for deed in ("verify", "publish"):
        client.post(f"/cases/{case_id}/", {"deed": deed})
    case = Case.objects.get(pk=case_id)
    assert (case.state, case.title) == ("published", "ตลาดนัดปลอดภัย")
    assert client.post(f"/cases/{case_id}/", {"deed": "eat"}).status_code == 404
    client.post(f"/cases/{case_id}/", {"deed": "withdraw", "because": "ข้อมูลเปลี่ยน"})
    assert "ข้อมูลเปลี่ยน" in body(client, f"/cases/{case_id}/")


def test_looking_for_candidates_is_the_bureaus_and_done_at_once_without_a_worker(world: World, sign_in: SignIn) -> None:
    assert "ค้นหาผู้สมัครใหม่" not in body(sign_in("area_officer", "A1"), "/cases/candidates/")
    client = sign_in("me_officer")
    assert "ค้นหาผู้สมัครใหม่" in body(client, "/cases/candidates/")
    assert client.post("/cases/candidates/").status_code == 302


def test_a_selection_from_opening_to_closing(case_id: int, world: World, sign_in: SignIn) -> None:
    client = sign_in("me_officer")
    opened = {"name": "รอบ 12 เดือน", "where": "centre:", "seats": "1", "group": ""}
    assert client.post("/cases/selections/", {**opened, "seats": "0"}).status_code == 200
    client.post("/cases/selections/", opened)
    selection, entry = SelectionRound.objects.get(), SelectionEntry.objects.get()
    place = f"/cases/selections/{selection.pk}/"
    assert "ตลาดนัดความปลอดภัย" in body(client, place)
    assert "ให้คะแนน" in body(client, f"{place}{entry.pk}/")
    client.post(f"{place}{entry.pk}/", {"deed": "score", "why": "3", "transfer": "2", "workload": "3"})
    client.post(place, {"deed": "suggest"})
    refused = client.post(f"{place}{entry.pk}/", {"deed": "decide", "decision": "chosen", "reason": ""})
    assert refused.status_code == 200
    client.post(f"{place}{entry.pk}/", {"deed": "decide", "decision": "chosen", "reason": "ทำตามได้ง่าย"})
    client.post(place, {"deed": "close"})
    page = body(client, place)
    assert "ทำตามได้ง่าย" in page
    assert "ปิดแล้ว" in page
    assert "ทำตามได้ง่าย" in body(client, f"/cases/{case_id}/")
    assert "ทำตามได้ง่าย" not in body(sign_in("area_officer", "B1"), place)
    body(sign_in("area_officer", "A1"), f"{place}{entry.pk}/", 404)
    assert sign_in("executive").post("/cases/selections/", opened).status_code == 404


@pytest.mark.parametrize("odd", ["²", "๑", "9" * 40, "-1", "\0", ""])
def test_what_is_no_reviewer_is_said_in_words(case_id: int, sign_in: SignIn, odd: str) -> None:
    for role, area in (("me_officer", ""), ("area_officer", "A1")):
        sent = sign_in(role, area).post(f"/cases/{case_id}/", {"deed": "assign", "reviewer": odd})
        assert sent.status_code in (302, 403, 404)


def test_a_filter_holds_nothing_that_a_database_cannot() -> None:
    asked = Asked.of(RequestFactory().get("/cases/", {"q": "ครู\0พี่เลี้ยง", "policy": "\0"}))
    assert (asked.text, asked.policy) == ("ครูพี่เลี้ยง", "")
