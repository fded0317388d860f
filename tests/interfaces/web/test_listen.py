from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.factories import World
from tests.interfaces.web import listening
from tests.interfaces.web.people import SignIn

from sanyan.apps.collection.models import Evidence, EvidenceFile
from sanyan.apps.frameworks.models import Indicator
from sanyan.apps.narratives.models import Passage, SourceText, Unread
from sanyan.apps.organisations import queries as organisations
from sanyan.interfaces.web.listen.quoting import marked

pytestmark = pytest.mark.django_db
PLACES = ("/listen/", "/listen/unread/", "/listen/themes/", "/listen/trends/", "/listen/lessons/")
ROLES = (
    ("me_officer", ""),
    ("executive", ""),
    ("reviewer", "RA"),
    ("region_director", "RA"),
    ("area_officer", "A1"),
    ("area_director", "A1"),
)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with listening.for_a_module(django_db_blocker, listening.searchable_world) as made:
        yield made


@pytest.fixture
def world(made: World, db: None) -> World:
    return made


@pytest.fixture
def sign_in(world: World) -> SignIn:
    return SignIn(World(world.round, {**regions(), **world.ids}, world.submissions))


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    return sign_in("me_officer")


def regions() -> dict[str, int]:
    found = organisations.by_code(codes=["RA", "RB"], on=factories.TODAY)
    return {code: item.id for code, item in found.items()}


def body(client: Client, path: str, **asked: str) -> str:
    response = client.get(path, asked)
    assert response.status_code == 200, (path, asked)
    return response.content.decode()


def passage_of(world: World, code: str, word: str = "") -> int:
    held = Passage.objects.filter(source__organisation_id=world.ids[code], source__stance="problem")
    found = held.filter(text__contains=word).first()
    assert found is not None
    return found.pk


def answer(page: str) -> str:
    found = re.search(r'<p class="answer">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split())


@pytest.mark.parametrize(("role", "place"), ROLES)
def test_every_place_answers_every_role(sign_in: SignIn, role: str, place: str) -> None:
    client = sign_in(role, place)
    for path in PLACES:
        assert answer(body(client, path)), path


def test_whoever_did_not_sign_in_is_sent_to_do_so(world: World) -> None:
    for path in (*PLACES, f"/listen/passages/{passage_of(world, 'A1')}/"):
        response = Client().get(path)
        assert response.status_code == 302
        assert "/account/login/" in response["Location"]


def test_what_is_found_stands_with_its_area_its_words_marked_and_a_way_to_its_source(
    officer: Client, world: World
) -> None:
    page = body(officer, "/listen/", q="ครูไม่ครบชั้น")
    assert re.search(r"พบคำที่ตรงกันใน \d+ ตอน แสดง \d+ ตอนที่ตรงที่สุด จาก 2 เขต", answer(page))
    assert "หน่วยงาน A1" in page
    assert "<mark>ครู" in page
    for code in ("A1", "A2"):
        assert f'href="/listen/passages/{passage_of(world, code)}/"' in page
    assert f'href="/listen/passages/{passage_of(world, "B1")}/"' not in page


def test_an_area_finds_its_own_texts_only(sign_in: SignIn, world: World) -> None:
    page = body(sign_in("area_officer", "A1"), "/listen/", q="ครูไม่ครบชั้น")
    assert "จาก 1 เขต" in answer(page)
    assert "หน่วยงาน A2" not in page
    assert "ไม่พบข้อความ" in answer(body(sign_in("area_director", "A2"), "/listen/", q="สัญญาณอินเทอร์เน็ต"))


def test_a_passage_of_an_office_out_of_sight_is_not_found(sign_in: SignIn, world: World) -> None:
    own, other = sign_in("area_officer", "A1"), sign_in("region_director", "RB")
    assert own.get(f"/listen/passages/{passage_of(world, 'A1')}/").status_code == 200
    assert own.get(f"/listen/passages/{passage_of(world, 'A2')}/").status_code == 404
    assert other.get(f"/listen/passages/{passage_of(world, 'A1')}/").status_code == 404
    assert other.get(f"/listen/passages/{passage_of(world, 'B1')}/").status_code == 200


def test_names_and_numbers_of_people_are_masked_for_other_offices(sign_in: SignIn, world: World) -> None:
    source = f"/listen/passages/{passage_of(world, 'A1')}/"
    for role, place in (("executive", ""), ("region_director", "RA")):
        client = sign_in(role, place)
        for page in (body(client, "/listen/", q="ครูไม่ครบชั้น"), body(client, source)):
            assert "สมชาย" not in page
            assert "081-234-5678" not in page
    assert "ปิดข้อมูลส่วนบุคคลไว้" in body(sign_in("reviewer", "RA"), source)
    assert "นายสมชาย" in body(sign_in("area_officer", "A1"), source)


def test_the_source_shows_the_whole_text_with_the_passage_marked(officer: Client, world: World) -> None:
    row = SourceText.objects.get(organisation_id=world.ids["A2"], stance="problem")
    Passage.objects.filter(source=row).exclude(number=0).delete()
    Passage.objects.filter(source=row).update(start=0, end=len("ครูไม่ครบชั้น"), text="ครูไม่ครบชั้น")
    page = body(officer, f"/listen/passages/{passage_of(world, 'A2')}/")
    assert '<span class="mark-passage">ครูไม่ครบชั้น</span>ในโรงเรียนขนาดเล็ก' in page


def test_repaired_letters_and_orders_to_a_machine_are_marked_where_they_stand(officer: Client, world: World) -> None:
    row = SourceText.objects.get(organisation_id=world.ids["A2"], stance="problem")
    row.edits, row.orders = [[0, 3, 0, 3]], [[3, 13]]
    row.save()
    page = body(officer, f"/listen/passages/{passage_of(world, 'A2')}/")
    assert '<span class="mark-passage mark-repaired">ครู</span>' in page
    assert '<span class="mark-orders mark-passage">' in page
    assert "ขีดเส้นประ: ตัวอักษรที่ระบบซ่อม 1 แห่ง" in page
    assert "ดูข้อความตามที่ส่งมา" in page


@pytest.mark.parametrize(
    ("marks", "parts"),
    [
        ([], [("กขคง", "")]),
        ([(1, 3, "hit")], [("ก", ""), ("ขค", "mark-hit"), ("ง", "")]),
        ([(0, 3, "a"), (2, 4, "b")], [("กข", "mark-a"), ("ค", "mark-a mark-b"), ("ง", "mark-b")]),
    ],
)
def test_marks_cut_a_text_into_parts_that_make_it_up_again(marks: Any, parts: Any) -> None:
    found = marked("กขคง", marks)
    assert [(part.text, part.mark) for part in found] == parts
    assert "".join(part.text for part in found) == "กขคง"


def test_markup_in_a_question_or_a_text_is_text(officer: Client) -> None:
    page = body(officer, "/listen/", q='<script>alert(1)</script>"ห้องสมุด')
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>ชำรุด</b>" not in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "ครู" * 20_000},
        {"q": "\x00 ครู"},
        {"q": "ครู", "rounds": "all", "more": "1"},
        {"q": "ครู", "rounds": "some", "stance": "angry", "policy": "X", "type": "Y", "field": "Z", "region": "?"},
        {"q": "ครู", "theme": "1.5", "area": "A1", "indicator": "<b>"},
        {"q": "ครู", "theme": "9" * 40, "area": "9" * 40},
        {"q": "!!! ??? ()"},
    ],
)
def test_odd_addresses_are_answered(officer: Client, asked: dict[str, str]) -> None:
    body(officer, "/listen/", **asked)


@pytest.mark.parametrize("path", ["/listen/passages/999999/", f"/listen/passages/{'9' * 30}/", "/listen/?round=x"])
def test_what_is_not_there_is_not_found(officer: Client, path: str) -> None:
    assert officer.get(path).status_code == 404


def test_an_unknown_choice_is_no_choice(officer: Client) -> None:
    assert "จาก 2 เขต" in answer(body(officer, "/listen/", q="ครูไม่ครบชั้น", policy="X", stance="angry"))
    assert "ไม่พบข้อความ" in answer(body(officer, "/listen/", q="ครูไม่ครบชั้น", stance="suggestion"))


def test_a_search_within_one_area_says_so_and_keeps_to_it(officer: Client, world: World) -> None:
    page = body(officer, "/listen/", q="ครูไม่ครบชั้น", area=str(world.ids["A2"]))
    assert "ค้นเฉพาะ" in page
    assert "สพ.A2" in page
    assert f'name="area" value="{world.ids["A2"]}"' in page
    assert "จาก 1 เขต" in answer(page)


def test_without_an_index_of_meaning_the_page_says_what_it_lacks(officer: Client) -> None:
    assert 'class="notice notice-watch small"' in body(officer, "/listen/", q="ครูไม่ครบชั้น")


def test_an_empty_page_offers_searches_to_try(officer: Client) -> None:
    page = body(officer, "/listen/")
    assert "ค้นจากข้อความ" in answer(page)
    assert f"?q={quote('ครูไม่ครบชั้น')}" in page


def test_the_number_of_queries_does_not_grow_with_what_is_found(officer: Client, world: World) -> None:
    body(officer, "/listen/", q="ครูไม่ครบชั้น")
    with CaptureQueriesContext(connection) as few:
        body(officer, "/listen/", q="ห้องสมุด", rounds="all")
    with CaptureQueriesContext(connection) as many:
        body(officer, "/listen/", q="ครูไม่ครบชั้น สัญญาณอินเทอร์เน็ต ห้องสมุด ครูหมุนเวียน", rounds="all")
    assert len(many) <= len(few) <= 30


def test_a_source_takes_few_queries(officer: Client, world: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(35):
        body(officer, f"/listen/passages/{passage_of(world, 'A1')}/")


def test_files_that_could_not_be_read_are_listed_with_what_to_do(sign_in: SignIn, world: World) -> None:
    held = Evidence.objects.create(
        submission_id=world.submissions["A1"],
        indicator=Indicator.objects.get(code="QUA-04"),
        kind="file",
        title="รายงาน",
    )
    made = EvidenceFile.objects.create(
        evidence=held,
        file_name="รายงาน.pdf",
        kind="pdf",
        sha256="a" * 64,
        size=1,
        file="x.pdf",
        uploaded_at=factories.NOW,
        uploaded_by="ผู้ใช้",
    )
    Unread.objects.create(
        submission_id=world.submissions["A1"],
        organisation_id=world.ids["A1"],
        round_id=world.round.id,
        evidence_file=made,
        file_name="รายงาน.pdf",
        place="หน้า 2",
        place_en="page 2",
        code="unread-picture",
        reason_th="เป็นภาพที่อ่านตัวอักษรไม่ได้",
        reason_en="A picture without letters.",
        next_th="แนบไฟล์ที่คัดลอกข้อความได้",
        next_en="Attach a file with text.",
        found_at=factories.NOW,
    )
    page = body(sign_in("me_officer"), "/listen/unread/")
    assert "มี 1 รายการ" in answer(page)
    assert "แนบไฟล์ที่คัดลอกข้อความได้" in page
    assert "รายงาน.pdf" not in body(sign_in("area_officer", "A2"), "/listen/unread/")


def test_areas_indicators_and_signals_carry_voices(officer: Client, world: World) -> None:
    page = body(officer, f"/areas/{world.ids['A2']}/", round=str(world.round.id))
    assert "สิ่งที่เขตเขียนในรอบนี้" in page
    assert f'href="/listen/passages/{passage_of(world, "A2")}/"' in page
    assert f"/listen/?area={world.ids['A2']}&amp;round={world.round.id}" in page


def test_the_top_bar_searches_from_every_other_page(officer: Client) -> None:
    assert 'class="top-search"' in body(officer, "/listen/themes/")
    assert 'class="top-search"' not in body(officer, "/listen/")
