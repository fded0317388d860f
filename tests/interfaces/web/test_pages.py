from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn, web_world

from sanyan.interfaces.web.middleware import DIGITS_COOKIE

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> World:
    settings.FACTS_ROOT = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        return web_world()


@pytest.fixture
def sign_in(world: World) -> SignIn:
    return SignIn(world)


class Page(HTMLParser):
    """What a browser would see of links, labels and landmarks."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.inputs: list[dict[str, str | None]] = []
        self.labelled: set[str | None] = set()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append(tag)
        if held.get("id"):
            self.ids.append(held["id"] or "")
        if tag == "label":
            self.labelled.add(held.get("for"))
        if tag in ("input", "select", "textarea") and held.get("type") not in ("hidden", "radio", "checkbox"):
            self.inputs.append(held)


def addresses(world: World) -> list[str]:
    area, submission = world.ids["A1"], world.submissions["A1"]
    return [
        "/overview/",
        "/overview/?map=provinces",
        "/areas/",
        f"/areas/{area}/",
        f"/areas/{area}/?tab=outlook",
        f"/areas/{area}/?tab=history",
        f"/areas/{area}/?tab=answers",
        f"/areas/{area}/?tab=texts",
        f"/areas/{area}/?tab=findings",
        "/indicators/",
        "/indicators/SAF-01/",
        "/indicators/SAF-01/compare/",
        "/indicators/QUA-02/compare/",
        "/strengths/",
        "/strengths/how-to-read/",
        "/indicators/QUA-04/",
        "/rounds/progress/",
        "/rounds/all/",
        f"/rounds/all/{world.round.id}/closed/",
        "/rounds/open/",
        f"/rounds/submission/{submission}/",
        f"/rounds/submission/{submission}/reopen/",
        f"/entry/{world.submissions['A2']}/SAF/",
        f"/entry/{world.submissions['A2']}/QUA/",
        "/findings/",
        "/signals/",
        "/signals/?tab=closed",
        "/signals/precision/",
        "/frameworks/",
        f"/frameworks/version/{world.round.version_id}/",
        "/frameworks/SMALL/differences/",
        "/frameworks/upload/",
        "/reports/",
        "/jobs/",
        "/components/",
        "/components/charts/",
    ]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_answers_in_both_languages(world: World, sign_in: SignIn, language: str) -> None:
    client = sign_in("me_officer")
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    for path in addresses(world):
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.headers["Content-Language"] == language
        assert response.headers["Cache-Control"] == "private, no-store"


def test_every_page_has_one_title_a_way_past_the_menu_and_a_label_for_each_box(world: World, sign_in: SignIn) -> None:
    client = sign_in("me_officer")
    for path in addresses(world):
        found = Page(client.get(path))
        assert found.tags.count("h1") == 1, path
        assert "main" in found.ids, path
        assert len(found.ids) == len(set(found.ids)), path
        unlabelled = [box.get("name") for box in found.inputs if box.get("id") not in found.labelled]
        assert unlabelled == [], path


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(world: World, sign_in: SignIn) -> None:
    response = sign_in("me_officer").get("/overview/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    body = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=\"", body)
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', body)


def test_an_area_outside_the_scope_looks_like_one_that_does_not_exist(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A1")
    hidden = client.get(f"/areas/{world.ids['B1']}/")
    nothing = client.get("/areas/999999/")
    assert hidden.status_code == nothing.status_code == 404
    tidy = re.compile(r'name="(?:csrfmiddlewaretoken|next)" value="[^"]*"|X-CSRFToken": "[^"]*"|/areas/\d+/|\d\d:\d\d')
    assert tidy.sub("", hidden.content.decode()) == tidy.sub("", nothing.content.decode())
    for path in (
        f"/rounds/submission/{world.submissions['B1']}/",
        f"/rounds/submission/{world.submissions['B1']}/workbook.xlsx",
        f"/entry/{world.submissions['B1']}/SAF/",
        "/rounds/upload/1/",
        "/findings/999/",
    ):
        assert client.get(path).status_code == 404, path


def test_someone_who_did_not_sign_in_is_asked_to(client: Client) -> None:
    response = client.get("/overview/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")
    page = client.get("/account/login/").content.decode()
    assert "เข้าสู่ระบบ" in page
    assert "Sign In" not in page


def test_a_browser_set_to_english_still_gets_thai(client: Client) -> None:
    response = client.get("/account/login/", headers={"accept-language": "en-US,en"})
    assert response.headers["Content-Language"] == "th"


def test_the_choice_of_language_and_digits_is_kept(world: World, sign_in: SignIn) -> None:
    client = sign_in("me_officer")
    client.post("/me/reader/", {"digits": "thai", "next": "/overview/"})
    assert client.cookies[DIGITS_COOKIE].value == "thai"
    assert "๒๕๖๘" in client.get("/overview/").content.decode()
    response = client.post("/me/reader/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"
    assert "Which areas need help first?" in client.get("/overview/").content.decode()


@pytest.mark.parametrize(
    ("role", "area", "lands"),
    [("me_officer", "", "/overview/"), ("executive", "", "/overview/"), ("area_officer", "A2", "/rounds/mine/")],
)
def test_each_role_lands_on_its_own_first_page(world: World, sign_in: SignIn, role: str, area: str, lands: str) -> None:
    assert sign_in(role, area).get("/").headers["Location"] == lands


def test_the_table_behind_a_chart_can_be_downloaded(world: World, sign_in: SignIn) -> None:
    client = sign_in("me_officer")
    response = client.get("/areas/?csv=areas")
    assert response.headers["Content-Type"].startswith("text/csv")
    text = response.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("เขต,เขตตรวจราชการ")
    assert "สพ.A1" in text
    assert client.get("/areas/?csv=nothing").status_code == 404


def test_filters_live_in_the_address(world: World, sign_in: SignIn) -> None:
    body = sign_in("me_officer").get("/areas/?region=RA").content.decode()
    assert "สพ.A1" in body
    assert "สพ.B1" not in body


def test_a_round_that_does_not_exist_is_not_found(world: World, sign_in: SignIn) -> None:
    assert sign_in("me_officer").get("/overview/?round=9999").status_code == 404


def test_an_answer_typed_in_thai_digits_is_saved_and_says_when(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    address = f"/entry/{world.submissions['A2']}/SAF/SAF-01/save/"
    sent = {"numerator": "๔๐", "denominator": "50", "state": "reported"}
    body = client.post(address, sent, headers={"hx-request": "true"}).content.decode()
    assert "บันทึกแล้ว" in body
    page = client.get(f"/entry/{world.submissions['A2']}/SAF/").content.decode()
    assert 'value="40"' in page


@pytest.mark.parametrize(
    ("numerator", "said"),
    [("", "ยังไม่ได้กรอกตัวเลข"), ("แปดสิบ", "เป็นตัวเลขไม่ได้"), ("-", "ยังไม่มีข้อมูล")],
)
def test_what_cannot_be_saved_is_said_under_the_field(world: World, sign_in: SignIn, numerator: str, said: str) -> None:
    client = sign_in("area_officer", "A2")
    address = f"/entry/{world.submissions['A2']}/SAF/SAF-01/save/"
    body = client.post(address, {"numerator": numerator}, headers={"hx-request": "true"}).content.decode()
    assert said in body


def test_a_report_goes_from_the_officer_to_the_director_and_back(world: World, sign_in: SignIn) -> None:
    officer, director = sign_in("area_officer", "A2"), sign_in("area_director", "A2")
    page = f"/rounds/submission/{world.submissions['A2']}/"
    assert "ยังไม่ครบ" in officer.get(page + "submit/").content.decode()
    officer.post(page + "submit/", {})
    assert "ยังไม่ครบ" in officer.get(page).content.decode()
    officer.post(page + "submit/", {"leave_unanswered": "on"})
    assert "รับรองรายงาน" in director.get(page).content.decode()
    asked = director.post(page + "return/", {"comment": ""})
    assert "โปรดเขียนข้อความ" in asked.content.decode()
    director.post(page + "return/", {"comment": "ดูข้อ SAF-01 อีกครั้ง"})
    assert "ดูข้อ SAF-01 อีกครั้ง" in officer.get(page).content.decode()


def test_a_file_that_is_no_workbook_is_refused_with_the_next_step(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    file = SimpleUploadedFile("ไม่ใช่.xlsx", b"not a workbook")
    response = client.post(f"/rounds/submission/{world.submissions['A2']}/upload/", {"file": file}, follow=True)
    assert "ไฟล์นี้ใช้ไม่ได้" in response.content.decode()


def test_a_downloaded_form_comes_back_and_is_read_first(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    page = f"/rounds/submission/{world.submissions['A2']}/"
    form = client.get(page + "workbook.xlsx")
    assert form.headers["Content-Disposition"].startswith("attachment")
    file = SimpleUploadedFile("แบบ.xlsx", form.content)
    response = client.post(page + "upload/", {"file": file}, follow=True)
    assert "ในไฟล์นี้มีอะไรบ้าง" in response.content.decode()


def test_a_missing_file_is_asked_for_in_words(world: World, sign_in: SignIn) -> None:
    client = sign_in("area_officer", "A2")
    response = client.post(f"/rounds/submission/{world.submissions['A2']}/upload/", {})
    assert response.status_code == 400
    assert "โปรดเลือกไฟล์ก่อน" in response.content.decode()


def test_an_executive_may_look_but_not_import_a_framework(world: World, sign_in: SignIn) -> None:
    client = sign_in("executive")
    assert client.get("/frameworks/").status_code == 200
    assert client.get("/frameworks/upload/").status_code in (403, 404)


def test_a_framework_goes_out_as_excel_and_comes_back_as_a_draft(world: World, sign_in: SignIn) -> None:
    client = sign_in("me_officer")
    out = client.get(f"/frameworks/version/{world.round.version_id}/framework.xlsx")
    bad = client.post("/frameworks/upload/", {"file": SimpleUploadedFile("x.xlsx", b"nothing")}, follow=True)
    assert bad.status_code in (200, 400)
    response = client.post("/frameworks/upload/", {"file": SimpleUploadedFile("กรอบ.xlsx", out.content)}, follow=True)
    assert response.status_code == 200


def test_the_summary_comes_as_a_word_file(world: World, sign_in: SignIn) -> None:
    response = sign_in("me_officer").get("/reports/summary.docx")
    assert response.status_code == 200
    assert response.content[:2] == b"PK"


def test_practice_data_wears_its_ribbon(world: World, sign_in: SignIn) -> None:
    practice = factories.small_world(is_practice=True)
    client = sign_in("me_officer")
    assert "ข้อมูลฝึกหัด" in client.get(f"/overview/?round={practice.round.id}").content.decode()
    assert 'class="practice"' not in client.get(f"/overview/?round={world.round.id}").content.decode()


def test_many_workbooks_become_a_job_that_its_asker_can_watch_and_stop(world: World, sign_in: SignIn) -> None:
    officer = sign_in("me_officer")
    area = sign_in("area_officer", "A2")
    form = area.get(f"/rounds/submission/{world.submissions['A2']}/workbook.xlsx").content
    files = [SimpleUploadedFile("A2.xlsx", form), SimpleUploadedFile("ไม่รู้จัก.xlsx", b"nothing")]
    response = officer.post(f"/rounds/progress/{world.round.id}/batch/", {"workbooks": files})
    page = response.headers["Location"]
    assert "หยุดงานนี้" in officer.get(page).content.decode()
    assert area.get(page).status_code == 404
    officer.post(page + "cancel/")
    assert officer.get(page + "now/").status_code == 286
    assert "ยกเลิกแล้ว" in officer.get(page).content.decode()


def test_an_area_officer_cannot_import_for_others(world: World, sign_in: SignIn) -> None:
    response = sign_in("area_officer", "A2").get(f"/rounds/progress/{world.round.id}/batch/")
    assert response.status_code in (403, 404)


def test_before_any_round_pages_say_what_they_will_hold(db: None) -> None:
    ids = factories.make_organisations()
    client = SignIn(World(None, ids, {}))("me_officer")  # type: ignore[arg-type]
    for path in (
        "/overview/",
        "/areas/",
        "/indicators/",
        "/strengths/",
        "/rounds/progress/",
        "/findings/",
        "/reports/",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        assert "ยังไม่มีรอบให้ดู" in response.content.decode()
