from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any) -> World:
    settings.FACTS_ROOT = tmp_path
    return factories.small_world()


@pytest.fixture
def sign_in(world: World) -> SignIn:
    return SignIn(world)


def page(world: World) -> str:
    return f"/entry/{world.submissions['A2']}/SAF/"


LINK = {"kind": "DOCUMENTARY", "title": "คำสั่ง 12/2568", "location": "https://files.example.go.th/12.pdf"}


def test_evidence_is_added_under_its_question_and_taken_away_again(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    response = client.post(page(world) + "SAF-01/evidence/", LINK)
    assert response.headers["Location"] == page(world) + "#e-SAF-01"
    body = client.get(page(world)).content.decode()
    assert "เพิ่มหลักฐานแล้ว" in body
    assert 'href="https://files.example.go.th/12.pdf"' in body
    client.post(page(world) + "SAF-01/evidence/remove/", LINK)
    assert LINK["title"] not in client.get(page(world)).content.decode()


def test_a_place_is_shown_as_text_and_never_as_a_link(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    client.post(page(world) + "SAF-01/evidence/", LINK | {"location": "แฟ้ม 3 ห้องธุรการ"})
    body = client.get(page(world)).content.decode()
    assert "แฟ้ม 3 ห้องธุรการ" in body
    assert 'href="แฟ้ม' not in body


def test_a_link_that_is_not_of_the_web_is_refused_in_words(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    response = client.post(page(world) + "SAF-01/evidence/", LINK | {"location": "javascript:alert(1)"})
    body = response.content.decode()
    assert response.status_code == 400
    assert "ต้องขึ้นต้นด้วย http" in body
    assert 'href="javascript:' not in body


def test_what_was_typed_is_there_to_be_mended(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    wrong = {"kind": "IMAGE", "title": "ภาพ <ชุด> 1", "location": "file:///c/1.jpg"}
    body = client.post(page(world) + "SAF-01/evidence/", wrong).content.decode()
    assert 'value="ภาพ &lt;ชุด&gt; 1"' in body
    assert 'value="file:///c/1.jpg"' in body
    assert body.count('value="IMAGE" selected') == 1
    assert client.post(page(world) + "NOT-99/evidence/", wrong).status_code == 404
    assert client.get(page(world) + "SAF-01/evidence/").headers["Location"] == page(world) + "#e-SAF-01"


def test_evidence_of_another_area_cannot_be_touched(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    for path in ("evidence/", "evidence/remove/"):
        assert client.post(page(world) + "SAF-01/" + path, LINK).status_code == 404
