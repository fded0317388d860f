from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import queries
from sanyan.interfaces.web import formats

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
NAME = "คำสั่ง 12-2568.pdf"
GIVEN = {"kind": "DOCUMENTARY", "title": "คำสั่งแต่งตั้ง", "location": ""}


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any) -> World:
    settings.FACTS_ROOT, settings.MEDIA_ROOT = tmp_path / "facts", tmp_path / "media"
    return factories.small_world()


@pytest.fixture
def sign_in(world: World) -> SignIn:
    return SignIn(world)


def page(world: World) -> str:
    return f"/entry/{world.submissions['A2']}/SAF/"


def send(client: Client, world: World, name: str = NAME, data: bytes = PDF, **given: str) -> str:
    """Attach a file; the page that follows."""
    fields = GIVEN | given | {"file": SimpleUploadedFile(name, data)}
    return client.post(page(world) + "SAF-01/evidence/", fields, follow=True).content.decode()


def address(world: World) -> str:
    (row,) = queries.evidence_files(viewer=SYSTEM, submission_id=world.submissions["A2"])
    return f"/entry/evidence/{row.id}/"


def test_a_file_is_attached_told_with_its_size_and_handed_out_again(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    body = send(client, world, data=PDF + bytes(3000))
    assert f"เพิ่มหลักฐานแล้ว แนบไฟล์ {NAME} ({formats.size(3036)})" in body
    assert f'href="{address(world)}"' in body
    response = client.get(address(world))
    assert response.getvalue() == PDF + bytes(3000)
    assert response.headers["Content-Type"] == "application/pdf"


def test_a_file_is_kept_and_never_opened_under_the_site_nor_held_in_a_cache(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    send(client, world)
    response = client.get(address(world))
    assert response.getvalue() == PDF
    assert response.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(NAME)}"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert client.post(address(world)).status_code == 405


def test_another_area_and_a_stranger_get_no_file(world: World, sign_in: SignIn) -> None:
    send(sign_in("area_officer", "A2"), world)
    other = sign_in("area_officer", "A1")
    assert other.get(address(world)).status_code == 404
    assert "ของเขตอื่น" not in send(other, world, title="ของเขตอื่น")
    assert Client().get(address(world)).status_code == 302


def test_those_who_only_look_see_the_file_and_no_form(world: World, sign_in: SignIn) -> None:
    send(sign_in("area_officer", "A2"), world)
    for role, area in (("executive", ""), ("reviewer", "A2")):
        client = sign_in(role, area)
        body = client.get(page(world)).content.decode()
        assert f'href="{address(world)}"' in body
        assert 'type="file"' not in body
        response = client.get(address(world))
        assert response.getvalue() == PDF


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("ว่าง.pdf", b"", "ไฟล์นี้ว่างเปล่า"),
        ("หน้า.html", b"<script>alert(1)</script>", "ไม่ใช่ชนิดที่แนบได้"),
        ("ใบ.docx", PDF, "ลงท้ายด้วย .pdf"),
        ("ใหญ่.pdf", PDF + bytes(1024 * 1024), "ระบบรับได้ไม่เกิน 1 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_in_words(
    world: World, sign_in: SignIn, settings: Any, name: str, data: bytes, said: str
) -> None:
    settings.EVIDENCE_LIMIT_BYTES = 1024 * 1024
    body = send(sign_in("area_officer", "A2"), world, name=name, data=data)
    assert said in body
    assert f'value="{GIVEN["title"]}"' in body
    assert queries.evidence_files(viewer=SYSTEM, submission_id=world.submissions["A2"]) == ()


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.pdf", "=HYPERLINK(1).pdf", "ชื่อ' & x;.pdf"])
def test_a_name_is_shown_as_text_whatever_it_says(world: World, sign_in: SignIn, name: str) -> None:
    client = sign_in("area_officer", "A2")
    body = send(client, world, name=name)
    assert escape(name) in body
    assert "<img src=x" not in body
    response = client.get(address(world))
    assert response.getvalue() == PDF
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in response.headers["Content-Disposition"]


def test_a_file_goes_with_its_evidence(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    send(client, world)
    held = address(world)
    client.post(page(world) + "SAF-01/evidence/remove/", GIVEN)
    assert client.get(held).status_code == 404
    assert NAME not in client.get(page(world)).content.decode()


def test_a_file_is_attached_later_to_evidence_with_a_link(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    link = "https://files.example.go.th/12.pdf"
    client.post(page(world) + "SAF-01/evidence/", GIVEN | {"location": link})
    body = send(client, world)
    assert f'href="{link}"' in body
    assert f'href="{address(world)}"' in body


def test_a_file_that_is_gone_is_told_with_what_to_do(world: World, sign_in: SignIn, settings: Any) -> None:
    client = sign_in("area_officer", "A2")
    send(client, world)
    for path in Path(settings.MEDIA_ROOT).rglob("*.pdf"):
        path.unlink()
    response = client.get(address(world))
    assert response.status_code == 409
    assert "คืนไฟล์จากชุดสำรอง" in response.content.decode()
