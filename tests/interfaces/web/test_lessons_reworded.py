from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.apps.narratives.lessons_world import signed_world
from tests.apps.narratives.test_rewriting import honest, worded
from tests.engines.language.fake_chat_server import Behaviour, serving
from tests.factories import NOW, World, viewer
from tests.interfaces.web.people import SignIn

from sanyan.apps.jobs import queries as jobs
from sanyan.apps.narratives import actions

pytestmark = pytest.mark.django_db
BUTTON, LABEL, RECORD = "ให้โมเดลภาษาเรียบเรียงบทเรียน", "เรียบเรียงโดยโมเดลภาษา", "บันทึกการถามโมเดลภาษา"


@pytest.fixture
def world(db: None) -> World:
    return signed_world()


@pytest.fixture
def model(settings: Any) -> Iterator[Behaviour]:
    behaviour = Behaviour(answer=worded(honest))
    with serving(behaviour) as url:
        settings.CHAT = settings.CHAT | {"url": url, "model": "fake", "price_in": 0.1, "price_out": 0.4}
        yield behaviour


def body(client: Client, **headers: str) -> str:
    response = client.get("/listen/lessons/", headers=headers)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_nothing_of_a_model_shows_where_none_is_set(world: World) -> None:
    page = body(SignIn(world)("me_officer"))
    assert "พบใน 3 จาก 6 เขต" in page
    assert not any(word in page for word in (BUTTON, LABEL, RECORD, "โมเดลภาษา"))


def test_an_officer_asks_and_what_passed_stands_beside_the_draft(world: World, model: Behaviour) -> None:
    officer, other = SignIn(world)("me_officer"), SignIn(world)("executive")
    page = body(officer)
    assert BUTTON in page
    assert "จะถาม 1 ครั้ง" in page
    assert BUTTON not in body(other)
    assert officer.post("/listen/lessons/").status_code == 302
    assert "narratives.rewrite" in {job.kind for job in jobs.jobs()}
    actions.rewrite_lessons(by=viewer("me_officer"), round_id=world.round.id, now=NOW)
    for client in (officer, other):
        page = body(client)
        assert "พบใน 3 จาก 6 เขต" in page
        assert "ซึ่งพบใน 3 จาก 6 เขต" in page
        assert f"{LABEL} (ตรวจคำอ้างแล้ว ยังไม่ตรวจความหมาย) · openai/fake" in " ".join(page.split())
    page = body(officer)
    assert BUTTON not in page
    assert "100 + 20" in page
    assert "0.0180" in page
    assert RECORD not in body(other)


def test_what_failed_is_listed_with_its_reason_and_not_shown(world: World, model: Behaviour) -> None:
    model.answer = worded(lambda text: text.replace("3 จาก 6", "5 จาก 6") + " <script>alert(1)</script>")
    actions.rewrite_lessons(by=viewer("me_officer"), round_id=world.round.id, now=NOW)
    response = SignIn(world)("me_officer").get("/listen/lessons/")
    page = " ".join(response.content.decode().split())
    assert "ไม่แสดงเพราะ" in page
    assert "ตัวเลขไม่ตรงกับร่าง" in page
    assert "5 จาก 6" not in page
    assert "alert(1)" not in page
    assert LABEL + " (" not in page


def test_who_may_not_manage_cannot_ask(world: World, model: Behaviour) -> None:
    SignIn(world)("executive").post("/listen/lessons/")
    assert "narratives.rewrite" not in {job.kind for job in jobs.jobs()}
    assert model.asked == []
