from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

from sanyan.apps.narratives import queries

pytestmark = pytest.mark.django_db
PLACES = ("/listen/", "/listen/unread/", "/listen/themes/", "/listen/trends/", "/listen/lessons/")


def body(client: Client, path: str, **asked: str) -> str:
    response = client.get(path, asked)
    assert response.status_code == 200, (path, asked)
    return response.content.decode()


def answer(page: str) -> str:
    found = re.search(r'<p class="answer">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split())


def test_before_any_report_is_read_the_pages_say_what_they_will_hold(db: None) -> None:
    client = SignIn(factories.small_world())("me_officer")
    assert "ยังไม่มีข้อความจากรายงานที่รับรองแล้ว" in answer(body(client, "/listen/"))
    assert "รอบนี้อ่านได้ทุกไฟล์" in answer(body(client, "/listen/unread/"))
    assert "ยังไม่มีชุดประเด็น" in answer(body(client, "/listen/themes/"))


def test_before_there_is_a_round_the_pages_welcome(db: None) -> None:
    client = SignIn(World(None, {}, {}))("me_officer")  # type: ignore[arg-type]
    for path in PLACES:
        assert client.get(path).status_code == 200, path


def test_lessons_of_a_policy_area_that_nobody_knows_are_those_of_all(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client, given, asked = SignIn(factories.small_world())("me_officer"), queries.lessons, []

    def noted(**about: Any) -> queries.Lessons:
        asked.append(about["policy_area"])
        return given(**about)

    monkeypatch.setattr(queries, "lessons", noted)
    for policy in ("SAF", "\0", "<b>", "saf"):
        body(client, "/listen/lessons/", policy=policy)
    assert asked == ["SAF", "", "", ""]
