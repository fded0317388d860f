from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.factories import World
from tests.interfaces.web.people import SignIn, web_world

from sanyan.apps.accounts.access import SYSTEM, Viewer, viewer_by_id
from sanyan.apps.notifications import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> World:
    settings.FACTS_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        return web_world()


@pytest.fixture
def sign_in(world: World) -> SignIn:
    return SignIn(world)


def person(client: Client) -> Viewer:
    return viewer_by_id(user_id=int(client.session["_auth_user_id"]), on=timezone.localdate())


def tell(client: Client, key: str = "1", *, days_ago: int = 0, **more: Any) -> None:
    said = {
        "kind": "signals.new",
        "topic": "signals",
        "title_th": f"สัญญาณ {key}",
        "title_en": f"Signal {key}",
        "body_th": "อ่านออกเขียนได้ลดลง",
        "body_en": "Reading has gone down.",
        "link": "/findings/",
        "severity": "high",
        **more,
    }
    user_ids = [int(person(client).user_id or 0)]
    actions.notify(by=SYSTEM, user_ids=user_ids, key=key, now=timezone.now() - timedelta(days=days_ago), **said)


def read(client: Client, path: str, language: str = "th") -> str:
    client.cookies["django_language"] = language
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_notifications_answers_in_both_languages(sign_in: SignIn, language: str) -> None:
    client = sign_in("me_officer")
    for path in ("/notifications/", "/notifications/settings/", "/notifications/deliveries/"):
        before = read(client, path, language)
        assert before.count("<h1>") == 1
        ids = re.findall(r'\sid="([^"]+)"', before)
        assert len(ids) == len(set(ids)), path
    tell(client)
    assert ("สัญญาณ 1" if language == "th" else "Signal 1") in read(client, "/notifications/", language)


def test_the_bell_counts_what_is_unread_on_every_page(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    assert "bell-count" not in read(client, "/findings/")
    tell(client, "1")
    tell(client, "2")
    assert '<span class="bell-count">2</span>' in read(client, "/findings/")


def test_more_than_ninety_nine_is_said_so(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    for number in range(100):
        tell(client, str(number))
    assert '<span class="bell-count">99+</span>' in read(client, "/findings/")
    assert "?page=2" in read(client, "/notifications/")
    assert "สัญญาณ 0" in read(client, "/notifications/?page=3")
    assert "สัญญาณ 0" in read(client, "/notifications/?page=99")


def test_following_a_notification_leads_to_its_place_and_reads_it(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    tell(client)
    (item,) = queries.inbox(viewer=person(client))
    for _turn in range(2):
        response = client.get(f"/notifications/{item.id}/")
        assert (response.status_code, response.headers["Location"]) == (302, "/findings/")
    assert queries.unread_count(viewer=person(client)) == 0


def test_one_or_all_can_be_marked_as_read(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    for key in "123":
        tell(client, key)
    newest, *_ = queries.inbox(viewer=person(client))
    response = client.post(f"/notifications/{newest.id}/read/", {"show": "unread"})
    assert response.headers["Location"] == "/notifications/?show=unread"
    assert queries.unread_count(viewer=person(client)) == 2
    shown = read(client, "/notifications/?show=unread")
    assert "สัญญาณ 1" in shown
    assert "สัญญาณ 3" not in shown
    assert client.get("/notifications/read/").status_code == 405
    tell(client, "4")
    client.post("/notifications/read/", {"newest": str(newest.id)})
    assert [item.title_th for item in queries.inbox(viewer=person(client), unread_only=True)] == ["สัญญาณ 4"]
    client.post("/notifications/read/", {"newest": "x" * 30})
    assert "อ่านครบทุกเรื่องแล้ว" in read(client, "/notifications/")


def test_the_unread_stand_first_and_each_day_has_its_heading(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    tell(client, "old", days_ago=3)
    tell(client, "new")
    newest, _ = queries.inbox(viewer=person(client))
    client.post(f"/notifications/{newest.id}/read/")
    page = read(client, "/notifications/")
    order = [page.index(text) for text in ("เรื่องที่ยังไม่อ่าน", "สัญญาณ old", "เรื่องที่อ่านแล้ว", "วันนี้", "สัญญาณ new")]
    assert order == sorted(order)


def test_nobody_reaches_what_was_told_to_another(sign_in: SignIn) -> None:
    one, other = sign_in("area_officer", "A1"), sign_in("me_officer")
    tell(one)
    (item,) = queries.inbox(viewer=person(one))
    assert "สัญญาณ 1" not in read(other, "/notifications/")
    assert other.get(f"/notifications/{item.id}/").status_code == 404
    assert other.post(f"/notifications/{item.id}/read/").status_code == 404
    other.post("/notifications/read/")
    assert queries.unread_count(viewer=person(one)) == 1
    assert Client().get("/notifications/").status_code == 302


def test_markup_in_what_was_told_stays_text(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    tell(client, title_th="<script>alert(1)</script>", body_th='"><img src=x>')
    page = read(client, "/notifications/")
    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_choice_is_saved_and_shown_as_saved(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    assert "ยังไม่ได้เลือก" in read(client, "/notifications/settings/")
    wish = {"topic": "signals", "signals-minimum": "high", "signals-email": "daily"}
    assert client.post("/notifications/settings/", wish).status_code == 302
    page = read(client, "/notifications/settings/")
    assert "บันทึกการแจ้งเตือนแล้ว" in page
    assert "บันทึกไว้เมื่อ" in page
    held = queries.subscription(viewer=person(client), topic="signals")
    assert (held.in_app, held.email, held.minimum) == (False, "daily", "high")


def test_a_choice_that_is_not_offered_is_not_saved(sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    wish = {"topic": "signals", "signals-minimum": "high", "signals-email": "hourly"}
    assert "field-error" in client.post("/notifications/settings/", wish).content.decode()
    assert client.post("/notifications/settings/", {**wish, "topic": "gossip"}).status_code == 200
    assert queries.subscription(viewer=person(client), topic="signals").changed_at is None


def test_the_page_says_whether_mail_can_reach_its_reader(sign_in: SignIn, settings: Settings) -> None:
    client = sign_in("area_officer", "A1")
    path = "/notifications/settings/"
    settings.EMAIL_IS_ON = False
    assert "ยังไม่ได้เปิดใช้อีเมล" in read(client, path)
    settings.EMAIL_IS_ON = True
    assert "ยังไม่มีที่อยู่อีเมล" in read(client, path)
    get_user_model().objects.filter(pk=person(client).user_id).update(email="one@example.org")
    assert "one@example.org" in read(client, path)


def test_what_was_sent_is_shown_to_who_manages_the_system_alone(sign_in: SignIn, settings: Settings) -> None:
    settings.EMAIL_IS_ON = True
    client, bureau = sign_in("area_officer", "A1"), sign_in("me_officer")
    assert client.get("/notifications/deliveries/").status_code in (403, 404)
    assert "ยังไม่มีอีเมลที่ส่ง" in read(bureau, "/notifications/deliveries/")
    get_user_model().objects.filter(pk=person(client).user_id).update(email="broken address")
    actions.subscribe(
        by=person(client), topic="signals", in_app=True, email="at_once", minimum="low", now=timezone.now()
    )
    tell(client)
    actions.send_digests(by=SYSTEM, now=timezone.now())
    page = read(bureau, "/notifications/deliveries/")
    assert "ที่อยู่อีเมลเขียนไม่ถูกต้อง" in page
    assert "ส่งไม่ได้ 1 จาก 1 ฉบับล่าสุด" in page
