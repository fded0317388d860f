"""Requests that nobody should make: out of scope, without a token, to other places, with files that hurt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories import World
from tests.interfaces.web.people import SignIn, web_world

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import queries as collected
from sanyan.apps.collection.models import Answer, WorkbookImport

pytestmark = pytest.mark.django_db
NOWHERE = 99_999_999
HEADERS = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\' onmouseover=alert(3) x="'
ODD_QUERIES = ("", "?round=²", "?round=" + "9" * 40, "?csv=x", "?page=²&sort=%00&tab=%00&new=²&old=²&region=%00")


@pytest.fixture
def world() -> World:
    return web_world()


def addresses() -> list[str]:
    """Every address of the product but those of signing in, with ids that lead somewhere or nowhere."""

    def walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for each in resolver.url_patterns:
            path = prefix + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each, path)
            elif isinstance(each, URLPattern) and not path.startswith("account/"):
                yield path

    filled = []
    for path in walk(get_resolver(), ""):
        made = re.sub(r"<uuid:\w+>", str(uuid4()), path)
        made = re.sub(r"<int:\w+>", "1", made).replace("<str:policy>", "SAF").replace("<str:code>", "SAF-01")
        filled.append("/" + made.replace("<slug:deed>", "submit").replace("<slug:step>", "closed"))
    return filled


def without_tokens(body: bytes) -> str:
    text = re.sub(r'[\w-]*csrf[\w-]*"?:? ?(?:value=)?"?[^"]*"', "", body.decode(), flags=re.IGNORECASE)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|/\d+/', "", text)
    return re.sub(r"\d\d:\d\d(:\d\d)?", "", text)


def test_whoever_has_not_signed_in_is_sent_to_sign_in(world: World) -> None:
    client = Client()
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code in (302, 405), address
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/account/login/?next="), address


@pytest.mark.parametrize(("role", "area"), [("executive", ""), ("area_officer", "A1"), ("area_director", "B1")])
def test_no_address_breaks_whatever_is_asked_of_it(world: World, role: str, area: str) -> None:
    client = SignIn(world)(role, area)
    for address in addresses():
        for query in ODD_QUERIES:
            answer = client.get(address + query)
            assert answer.status_code < 500, address + query
            for header, start in HEADERS.items():
                assert answer.headers[header].startswith(start) or "default-src 'none'" in answer.headers[header]


def test_what_is_out_of_scope_looks_like_what_is_not_there(world: World) -> None:
    officer = SignIn(world)("area_officer", "A1")
    other = world.submissions["B1"]
    row = WorkbookImport.objects.create(
        round_id=world.round.id,
        organisation_id=world.ids["B1"],
        file_name="b.xlsx",
        sha256="0" * 64,
        size=1,
        state=WorkbookImport.State.REFUSED,
        uploaded_at="2025-07-10T03:00:00Z",
        uploaded_by="-",
    )
    asked: list[tuple[str, int, list[str]]] = [
        ("areas:area", world.ids["B1"], []),
        ("rounds:submission", other, []),
        ("rounds:workbook", other, []),
        ("rounds:blank", other, []),
        ("rounds:deed", other, ["submit"]),
        ("rounds:deed", other, ["certify"]),
        ("rounds:upload", other, []),
        ("rounds:result", row.pk, []),
        ("entry:policy", other, ["SAF"]),
        ("entry:save", other, ["SAF", "SAF-01"]),
    ]
    for name, id_, rest in asked:
        there, nowhere = (reverse(name, args=[each, *rest]) for each in (id_, NOWHERE))
        for method in (officer.get, officer.post):
            one, two = method(there), method(nowhere)
            assert one.status_code == two.status_code
            assert one.status_code in (404, 405), name
            assert without_tokens(one.content) == without_tokens(two.content), name


def test_no_deed_is_done_without_a_token(world: World) -> None:
    SignIn(world)("me_officer")
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        get_user_model().objects.get(username="me_officer-all"), backend="django.contrib.auth.backends.ModelBackend"
    )
    for address in addresses():
        assert client.post(address, {}).status_code in (403, 405), address


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\0//evil.example"]
)
def test_nobody_is_sent_to_another_house(world: World, target: str) -> None:
    client = SignIn(world)("executive")
    assert client.post(reverse("account:reader"), {"next": target}).headers["Location"] == "/"
    said = {"login": "executive-all", "password": "pass-phrase-2568", "next": target}
    assert Client().post(reverse("account_login"), said).headers["Location"] == "/"


def test_a_session_is_a_new_one_after_signing_in(world: World) -> None:
    SignIn(world)("executive")
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    before = client.session.session_key
    client.post(reverse("account_login"), {"login": "executive-all", "password": "pass-phrase-2568"})
    assert client.session.session_key != before


def test_text_that_would_be_a_script_is_shown_as_text(world: World) -> None:
    officer = SignIn(world)("me_officer")
    submission = world.submissions["A1"]
    Answer.objects.filter(submission_id=submission).update(note=HOSTILE)
    pages = [
        reverse("rounds:submission", args=[submission]),
        *(reverse("entry:policy", args=[submission, policy]) for policy in ("SAF", "QUA")),
        *(reverse("areas:area", args=[world.ids["A1"]]) + f"?tab={tab}" for tab in ("peers", "answers", "texts")),
        reverse("areas:list") + "?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    ]
    for address in pages:
        body = officer.get(address).content.decode()
        assert "<script>alert" not in body, address
        assert "<img src=x" not in body, address


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("แบบ.xlsx", b"%PDF-1.7", "PDF"),
        ("แบบ.xlsx", b"\x89PNG\r\n", "รูปภาพ"),
        ("<script>alert(1)</script>.xlsx", b"PK\x03\x04broken", "ไม่สมบูรณ์"),
        ("ก" * 300 + ".xlsx", "รหัส,ค่า\nSAF-01,5\n".encode("cp874"), "CSV"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words_and_changes_nothing(
    world: World, name: str, data: bytes, said: str
) -> None:
    officer = SignIn(world)("area_officer", "A2")
    address = reverse("rounds:upload", args=[world.submissions["A2"]])
    shown = officer.post(address, {"file": SimpleUploadedFile(name, data)}, follow=True).content.decode()
    assert said in shown
    assert "<script>alert" not in shown
    assert not Answer.objects.filter(submission_id=world.submissions["A2"]).exists()
    row = WorkbookImport.objects.get()
    assert (row.state, bool(row.file)) == ("refused", False)


def test_another_areas_workbook_is_refused_on_upload(world: World) -> None:
    theirs = collected.workbook_of(viewer=SYSTEM, submission_id=world.submissions["B1"])
    officer = SignIn(world)("area_officer", "A2")
    address = reverse("rounds:upload", args=[world.submissions["A2"]])
    officer.post(address, {"file": SimpleUploadedFile(theirs.file_name, theirs.data)})
    refused = WorkbookImport.objects.get().report["refused"]
    assert refused["code"] == "workbook-other-organisation"
    assert refused["next_th"]


@pytest.mark.parametrize("odd", ["²", "๑", "9" * 5000])
def test_a_version_that_is_no_number_breaks_nothing(world: World, odd: str) -> None:
    client = SignIn(world)("me_officer")
    assert client.get(reverse("frameworks:differences", args=["SMALL"]), {"new": odd, "old": odd}).status_code in (
        200,
        404,
    )


def test_an_id_beyond_all_databases_is_not_found(world: World) -> None:
    client = SignIn(world)("me_officer")
    for address in sorted({path for path in addresses() if "/1/" in path}):
        beyond = address.replace("/1/", f"/{'9' * 40}/")
        for method in (client.get, client.post):
            assert method(beyond).status_code in (302, 404, 405), beyond
