from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

import pytest
from django.core import mail
from pytest_django.fixtures import Settings
from tests.apps.notifications.people_to_tell import Town, tell, town, wish
from tests.factories import NOW

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.notifications import actions


@pytest.fixture
def place(db: None, settings: Settings) -> Town:
    settings.EMAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "Sanyan <sanyan@obec.example>"
    settings.PUBLIC_URL = "https://sanyan.obec.example"
    return town()


def mailed(place: Town, language: str = "th", **more: object) -> Message:
    one = place.person("one", "area_officer", "A1", email="one@example.org", language=language)
    wish(one, email="at_once")
    tell(one, **more)  # type: ignore[arg-type]
    assert actions.send_digests(by=SYSTEM, now=NOW).sent == 1
    return message_from_bytes(mail.outbox[0].message().as_bytes())


def part(message: Message, kind: str) -> str:
    found = next(part for part in message.walk() if part.get_content_type() == kind)
    payload = found.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_a_thai_reader_reads_thai_first_with_english_beneath(place: Town) -> None:
    message = mailed(place)
    for kind in ("text/plain", "text/html"):
        text = part(message, kind)
        order = [text.index(said) for said in ("สัญญาณ 1", "อ่านออกเขียนได้ลดลง", "Signal 1", "Reading has gone down.")]
        assert order == sorted(order)
    assert "10 ก.ค. 68" in part(message, "text/plain")
    assert str(make_header(decode_header(message["Subject"]))) == "สัญญาณ: สัญญาณ 1"


def test_an_english_reader_reads_english_first(place: Town) -> None:
    message = mailed(place, "en")
    text = part(message, "text/plain")
    assert text.index("Signal 1") < text.index("สัญญาณ 1")
    assert "10 Jul 2025" in text
    assert message["Subject"] == "Sanyan: Signal 1"


def test_links_are_whole_where_the_site_has_an_address(place: Town) -> None:
    message = mailed(place)
    assert "https://sanyan.obec.example/overview/" in part(message, "text/plain")
    assert 'href="https://sanyan.obec.example/overview/"' in part(message, "text/html")


def test_without_an_address_of_the_site_the_path_alone_is_told(place: Town, settings: Settings) -> None:
    settings.PUBLIC_URL = ""
    message = mailed(place)
    assert "\n   /overview/\n" in part(message, "text/plain")
    assert "href" not in part(message, "text/html")


def test_it_says_why_it_came_and_where_to_end_it(place: Town) -> None:
    text = part(mailed(place), "text/plain")
    assert "สัญญาณเตือนล่วงหน้า (อีเมลทันทีที่มีเรื่อง)" in text
    assert "Early-warning signals (e-mail at once)" in text
    assert "https://sanyan.obec.example/notifications/settings/" in text


def test_a_machine_says_that_it_is_one(place: Town) -> None:
    message = mailed(place)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Sanyan <sanyan@obec.example>"


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00"])
def test_no_line_of_a_title_becomes_a_header(place: Town, ending: str) -> None:
    message = mailed(place, title_th=f"หัวข้อ{ending}Bcc: everyone@example.org")
    assert message["Bcc"] is None
    assert "\n" not in str(make_header(decode_header(message["Subject"]))).strip()
    assert "everyone@example.org" in str(make_header(decode_header(message["Subject"])))
    assert mail.outbox[0].recipients() == ["one@example.org"]


def test_markup_in_what_is_told_stays_text(place: Town) -> None:
    html = part(
        mailed(place, title_th="<script>alert(1)</script>", body_th='<img src=x onerror="x">\n\nย่อหน้าใหม่'), "text/html"
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_long_title_is_cut_in_the_subject_and_whole_within(place: Town) -> None:
    title = "ก" * 290
    message = mailed(place, title_th=title)
    assert len(str(make_header(decode_header(message["Subject"])))) == 160
    assert title in part(message, "text/plain")
