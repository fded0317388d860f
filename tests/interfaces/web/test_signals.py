"""Signals on pages: who sees which, what can be done, what is refused in words, and how often they came true."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.utils import timezone
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

from sanyan.apps.accounts.access import SYSTEM, viewer_by_id
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import PeerArea, PeerGroup
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.signals import actions, queries
from sanyan.apps.signals.models import Signal, SignalMember
from sanyan.apps.signals.queries import SignalFilter
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.interfaces.web.signals import asking, beside

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> World:
    """Month 9 of two years: everyone at 85 %, then B2 alone falls to 40 %."""
    settings.FACTS_ROOT = tmp_path
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    before = factories.small_world(key=RoundKey(2567, 9))
    now = factories.small_world()
    with django_capture_on_commit_callbacks(execute=True):
        for place, code in enumerate(factories.AREAS):
            factories.certify(before, code, factories.percent(850 + place, 1000))
            factories.certify(now, code, factories.percent(400 if code == "B2" else 851 + place, 1000))
    found = organisations.by_code(codes=["RA", "RB"], on=factories.TODAY)
    now.ids.update({code: item.id for code, item in found.items()})
    return now


@dataclass(frozen=True)
class Stage:
    """People signed in, and the one signal about B2."""

    world: World
    signal: int
    director: Client
    region: Client
    officer: Client
    executive: Client
    elsewhere: Client


@pytest.fixture
def stage(world: World) -> Stage:
    sign_in = SignIn(world)
    people = {
        "director": sign_in("area_director", "B2"),
        "region": sign_in("region_director", "RB"),
        "officer": sign_in("me_officer"),
        "executive": sign_in("executive"),
        "elsewhere": sign_in("area_officer", "A1"),
    }
    actions.raise_signals(by=SYSTEM, round_id=world.round.id, now=timezone.now())
    (signal,) = queries.inbox(viewer=SYSTEM, today=timezone.localdate(), only=SignalFilter())
    return Stage(world=world, signal=signal.id, **people)


def text(client: Client, path: str, language: str = "th") -> str:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def send(client: Client, signal_id: int, deed: str, **typed: str) -> Any:
    return client.post(f"/signals/{signal_id}/", {"deed": deed, **typed})


def state(signal_id: int) -> str:
    return Signal.objects.get(pk=signal_id).state


def tabs(body: str) -> list[str]:
    return re.findall(r'href="\?tab=(\w+)[^"]*"', body.split('class="tabs"')[1].split("</nav>", maxsplit=1)[0])


def test_the_inbox_says_how_many_wait_and_shows_what_was_seen_how_sure_whose_and_by_when(stage: Stage) -> None:
    body = text(stage.officer, "/signals/")
    assert "มีอะไรที่ต้องดูก่อน" in body
    assert re.search(r"มี 1 สัญญาณรอคำตอบ · เร่งดู 1", body)
    assert "สพ.B2" in body
    assert re.search(r"โอกาส \d+ % \(สูงมาก\)", body)
    assert "รอตอบ" in body
    assert "ผู้ทดสอบ" in body
    assert re.search(r"ตอบภายใน .+ \(อีก 7 วัน\)", body)
    assert "ดูล่าสุด" in body
    assert "ตามงบการเตือน 10 % ของเขต" in body


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_signals_answers_in_both_languages(stage: Stage, language: str) -> None:
    for path in ("/signals/", f"/signals/{stage.signal}/", "/signals/precision/", "/signals/?tab=closed", "/overview/"):
        body = text(stage.officer, path, language)
        assert body.count("<h1>") == 1, path
        ids = re.findall(r'\sid="([^"]+)"', body)
        assert len(ids) == len(set(ids)), path
        if language == "en":
            main = re.sub(r"สพ\.\w+|ผู้ทดสอบ|<dd>[^<]*</dd>", "", body.split('id="main"')[1].split("<footer")[0])
            assert re.findall("[ก-๙]+", main) == [], path


def test_tabs_follow_where_the_viewer_sits(stage: Stage) -> None:
    assert tabs(text(stage.director, "/signals/")) == ["own", "all", "closed"]
    assert tabs(text(stage.region, "/signals/")) == ["region", "mine", "all", "closed"]
    assert tabs(text(stage.officer, "/signals/")) == ["all", "mine", "closed"]
    assert tabs(text(stage.executive, "/signals/")) == ["all", "closed"]


def test_an_area_sees_its_own_signal_and_another_area_nothing_of_it(stage: Stage) -> None:
    assert "สพ.B2" in text(stage.director, "/signals/")
    assert "สพ.B2" in text(stage.region, "/signals/")
    other = text(stage.elsewhere, "/signals/?tab=all")
    assert "สพ.B2" not in other
    assert "ตอนนี้ไม่มีเรื่องที่ต้องดู" in other
    assert stage.elsewhere.get(f"/signals/{stage.signal}/").status_code == 404
    assert stage.elsewhere.get("/signals/999999/").status_code == 404
    assert send(stage.elsewhere, stage.signal, "acknowledge").status_code == 404


def test_filters_live_in_the_address_and_an_empty_choice_shows_the_way_back(stage: Stage) -> None:
    assert "สพ.B2" in text(stage.officer, "/signals/?region=RB&severity=high&scope=unit&indicator=SAF-01")
    for narrow in ("region=RA", "severity=low", "rule=late", "scope=system", "indicator=QUA-01", "state=acting"):
        body = text(stage.officer, f"/signals/?{narrow}")
        assert "ไม่มีสัญญาณตามที่เลือก" in body, narrow
        assert "ล้างตัวกรอง" in body
    assert "สพ.B2" in text(stage.officer, f"/signals/?round={stage.world.round.id}")
    assert "ดูทุกรอบ" in text(stage.officer, f"/signals/?round={stage.world.round.id}")
    assert "สพ.B2" in text(stage.officer, f"/signals/?area={stage.world.ids['B2']}")
    assert "ไม่มีสัญญาณตามที่เลือก" in text(stage.officer, f"/signals/?area={stage.world.ids['A1']}")


def test_what_is_overdue_doubted_or_gone_is_marked_in_words(stage: Stage) -> None:
    Signal.objects.filter(pk=stage.signal).update(
        due_on=timezone.localdate() - timedelta(days=3),
        doubts=[{"th": "มีข้อค้นพบ", "en": "It has a finding."}],
        gone_at=timezone.now(),
    )
    body = text(stage.officer, "/signals/")
    for words in ("เลยกำหนด 3 วัน", "เลยกำหนดตอบ 1", "ข้อมูลที่ใช้ยังมีข้อสงสัย", "ไม่พบแล้วในข้อมูลล่าสุด"):
        assert words in body
    page = text(stage.officer, f"/signals/{stage.signal}/")
    assert "มีข้อค้นพบ" in page
    assert "โปรดปิดพร้อมผล" in page


def test_the_csv_holds_what_is_listed_and_no_formula(stage: Stage) -> None:
    actions.act(by=SYSTEM, signal_id=stage.signal, response='=HYPERLINK("http://elsewhere")', now=timezone.now())
    response = stage.officer.get("/signals/?csv=signals")
    assert response.headers["Content-Type"].startswith("text/csv")
    head, row, *_ = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    told = dict(zip(head, row, strict=True))
    assert told["พื้นที่"] == "สพ.B2"
    assert told["สถานะ"] == "กำลังทำอยู่"
    assert told["สิ่งที่ทำ"].startswith("'=")


def test_a_signals_page_asks_answers_and_shows_the_figures_the_rule_and_its_life(stage: Stage) -> None:
    body = text(stage.director, f"/signals/{stage.signal}/")
    assert re.search(r"<h1>\s*\S+.*B2", body)
    for words in (
        "ค่ารอบนี้",
        "40.0",
        "400 จาก 1,000",
        "ส่วนของทั้งระบบ",
        "ส่วนของเขตเอง",
        "ทำไมเรื่องนี้สำคัญ",
        "สิ่งที่มักช่วยได้",
        "ทบทวนครั้งถัดไป",
        "ยกขึ้นเป็นสัญญาณ",
        "เกณฑ์อื่นที่พบเรื่องเดียวกัน",
    ):
        assert words in body, words
    assert 'id="chart-history"' in body
    assert stage.director.get(f"/signals/{stage.signal}/?csv=history").headers["Content-Type"].startswith("text/csv")


def test_its_life_from_seen_to_closed_is_told_step_by_step(stage: Stage) -> None:
    assert send(stage.director, stage.signal, "acknowledge").status_code == 302
    due = (timezone.localdate() + timedelta(days=20)).isoformat()
    assert send(stage.director, stage.signal, "act", response="ประชุมโรงเรียน 12 แห่ง", due_on=due).status_code == 302
    seen = text(stage.officer, f"/signals/{stage.signal}/")
    assert "ประชุมโรงเรียน 12 แห่ง" in seen
    assert send(stage.officer, stage.signal, "close", outcome="helped", explanation="กลับมาตามปกติ").status_code == 302
    body = text(stage.director, f"/signals/{stage.signal}/")
    life = body.split('class="life"')[1].split("</ol>")[0]
    assert [step for step in ("ยกขึ้น", "รับทราบ", "บันทึกสิ่งที่ทำ", "ปิดเรื่อง: ช่วยได้") if step not in life] == []
    assert "กลับมาตามปกติ" in body
    assert "ปิดเรื่องพร้อมผล" not in body
    assert "ช่วยได้" in text(stage.officer, "/signals/?tab=closed")
    assert "ช่วยได้" in text(stage.officer, "/overview/")


def test_what_is_refused_is_told_beside_the_field_and_nothing_typed_is_lost(stage: Stage) -> None:
    early = send(stage.director, stage.signal, "close", outcome="helped", explanation="คิดว่าช่วยแล้ว")
    assert early.status_code == 200
    body = early.content.decode()
    assert "ยังไม่มีการบันทึกว่าได้ทำอะไร" in body.split('name="outcome"')[-1]
    assert "คิดว่าช่วยแล้ว" in body
    assert "ดูข้อที่ต้องแก้" in body
    assert re.search(r'value="helped"[^>]*checked', body)
    late = send(stage.director, stage.signal, "act", response="ลงพื้นที่", due_on="2020-01-01").content.decode()
    assert "วันครบกำหนดต้องเป็นวันนี้หรือหลังจากนี้" in late
    assert "ลงพื้นที่" in late
    empty = send(stage.director, stage.signal, "act", response="  ").content.decode()
    assert "โปรดเขียนสั้น ๆ ว่าทำอะไร" in empty
    assert state(stage.signal) == "raised"


def test_words_for_a_signal_that_was_closed_meanwhile_are_given_back(stage: Stage) -> None:
    actions.close(by=SYSTEM, signal_id=stage.signal, outcome="explained", explanation="นับใหม่", now=timezone.now())
    body = send(stage.director, stage.signal, "act", response="ข้อความยาวที่พิมพ์ไว้").content.decode()
    assert "สัญญาณนี้เปลี่ยนสถานะไปแล้ว" in body
    assert "ข้อความที่ท่านพิมพ์ไว้ยังไม่ได้บันทึก" in body
    assert "ข้อความยาวที่พิมพ์ไว้" in body


def test_it_is_handed_to_somebody_of_the_place_and_to_nobody_else(stage: Stage) -> None:
    owner = get_user_model().objects.get(username="region_director-RB")
    assert send(stage.officer, stage.signal, "assign", owner=str(owner.pk)).status_code == 302
    assert Signal.objects.get(pk=stage.signal).owner_id == owner.pk
    assert "มอบหมายให้ ผู้ทดสอบ" in text(stage.officer, f"/signals/{stage.signal}/")
    stranger = get_user_model().objects.get(username="area_officer-A1")
    body = send(stage.officer, stage.signal, "assign", owner=str(stranger.pk)).content.decode()
    assert "โปรดเลือกชื่อจากรายการ" in body
    assert Signal.objects.get(pk=stage.signal).owner_id == owner.pk


def test_who_may_only_look_gets_no_form_and_is_refused(stage: Stage) -> None:
    body = text(stage.executive, f"/signals/{stage.signal}/")
    assert 'name="deed"' not in body
    assert "ท่านดูเรื่องนี้ได้" in body
    refused = send(stage.executive, stage.signal, "acknowledge")
    assert "ผู้ตอบคือผู้รับผิดชอบของพื้นที่" in refused.content.decode()
    assert state(stage.signal) == "raised"
    assert send(stage.officer, stage.signal, "burn").status_code == 404


@pytest.mark.parametrize("owner", ["²", "9" * 5000, "-1", "", "nobody"])
def test_an_owner_that_is_no_number_is_refused_though_the_form_is_gone(stage: Stage, owner: str) -> None:
    for client in (stage.executive, stage.officer):
        assert send(client, stage.signal, "assign", owner=owner).status_code == 200
    send(stage.officer, stage.signal, "close", outcome="explained", explanation="ครบ")
    assert send(stage.officer, stage.signal, "assign", owner=owner).status_code == 200


def test_filters_hold_no_character_that_a_database_cannot_ask_for(stage: Stage) -> None:
    assert "ไม่มีสัญญาณตามที่เลือก" in text(stage.officer, "/signals/?indicator=NO%00PE&state=%00&tab=all")
    asked = asking.asked_of(
        RequestFactory().get("/signals/", {"indicator": "SAF\x00-01", "rule": "ก" * 5000}), asking.Seat(("all",), "")
    )
    assert (asked.indicator, len(asked.rule)) == ("SAF-01", asking.LONGEST)


def test_only_the_bureau_opens_a_closed_signal_again(stage: Stage) -> None:
    actions.close(by=SYSTEM, signal_id=stage.signal, outcome="false_alarm", explanation="พลาด", now=timezone.now())
    assert "เปิดอีกครั้ง" not in text(stage.director, f"/signals/{stage.signal}/")
    assert "เปิดอีกครั้ง" in text(stage.officer, f"/signals/{stage.signal}/")
    assert "โปรดเขียนเหตุผลสั้น ๆ" in send(stage.officer, stage.signal, "reopen", reason="").content.decode()
    assert send(stage.officer, stage.signal, "reopen", reason="ยังไม่จบ").status_code == 302
    assert state(stage.signal) == "raised"


def test_a_region_sees_its_areas_by_name_and_a_signal_of_the_whole_system_without_others_names(stage: Stage) -> None:
    wide = Signal.objects.create(
        subject="test:wide",
        rule_code="will-miss-target",
        variant="behind",
        scope="system",
        round_id=stage.world.round.id,
        seen_round_id=stage.world.round.id,
        indicator_code="SAF-01",
        probability=0.8,
        severity="medium",
        rank=1,
        reason_th="หลายเขตอาจไม่ถึงเป้า",
        reason_en="Many areas may miss the target.",
        raised_at=timezone.now(),
        seen_at=timezone.now(),
        due_on=timezone.localdate(),
    )
    for code in factories.AREAS:
        SignalMember.objects.create(
            signal=wide,
            organisation_id=stage.world.ids[code],
            variant="behind",
            probability=0.7 if code < "B" else 0.9,
            severity="medium",
            reason_th="อาจไม่ถึงเป้า",
            reason_en="May miss.",
        )
    body = text(stage.region, f"/signals/{wide.pk}/")
    assert "สพ.B1" in body
    assert "สพ.A1" not in body
    assert "เขตนอกขอบเขตของท่านนับรวมแต่ไม่แสดงชื่อ" in body
    whole = text(stage.officer, f"/signals/{wide.pk}/")
    assert "สพ.A1" in whole
    assert 'id="chart-members"' in whole
    listed = text(stage.officer, "/signals/")
    assert listed.index("หลายเขตอาจไม่ถึงเป้า") < listed.index("สพ.B2</a>")
    assert "ครบกำหนดวันนี้" in listed


def test_precision_says_that_too_few_have_come_due_and_tells_shares_once_enough_have(stage: Stage) -> None:
    assert "ยังวัดความแม่นไม่ได้" in text(stage.executive, "/signals/precision/")
    held = Signal.objects.get(pk=stage.signal)
    codes = [code for code in factories.AREAS if code != "B2"]
    for place, code in enumerate(codes):
        SignalMember.objects.create(
            signal=held,
            organisation_id=stage.world.ids[code],
            variant="ahead",
            probability=0.8,
            severity="medium",
            reason_th="คาด",
            reason_en="expected",
            expected_of="2568-12",
            came_true=place > 0,
            checked_at=timezone.now(),
        )
    body = text(stage.executive, "/signals/precision/")
    assert re.search(r"จากคำเตือนที่วัดผลได้แล้ว 5 ครั้ง เกิดขึ้นจริง 80.%", body)
    assert 'id="chart-calibration"' in body
    table = stage.executive.get("/signals/precision/?csv=precision").content.decode("utf-8-sig")
    assert "เกณฑ์การเตือน" in table.splitlines()[0]


def test_the_overview_names_the_first_signals_and_what_is_new_by_region(stage: Stage) -> None:
    body = text(stage.executive, "/overview/")
    assert "สัญญาณที่ต้องดูก่อน" in body
    assert f"/signals/{stage.signal}/" in body
    news = body.split("มีอะไรเปลี่ยนตั้งแต่รอบก่อน")[1]
    assert "สัญญาณใหม่ 1" in news
    assert "?region=RB" in news
    own = text(stage.director, "/overview/")
    assert "สัญญาณของเขตเรา" in own
    assert f"/signals/{stage.signal}/" in own
    assert f"/signals/{stage.signal}/" not in text(stage.elsewhere, "/overview/")


def test_the_menu_counts_what_nobody_has_answered(stage: Stage) -> None:
    assert 'class="place-count">1' in text(stage.director, "/overview/")
    send(stage.director, stage.signal, "acknowledge")
    assert "place-count" not in text(stage.director, "/overview/")
    assert "place-count" not in text(stage.elsewhere, "/overview/")


def test_signals_stand_beside_their_area_and_their_indicator(stage: Stage) -> None:
    request, world = RequestFactory().get("/areas/"), stage.world
    officer = get_user_model().objects.get(username="me_officer-all")
    viewer = viewer_by_id(user_id=officer.pk, on=timezone.localdate())
    of_area = beside.of_area(request, viewer, world.ids["B2"], world.round)
    assert [card.signal.id for card in of_area.cards] == [stage.signal]
    assert of_area.href == f"/signals/?tab=all&area={world.ids['B2']}"
    assert beside.of_area(request, viewer, world.ids["A1"], world.round).total == 0
    assert beside.of_indicator(request, viewer, "SAF-01", world.round).total == 1
    assert beside.of_indicator(request, viewer, "QUA-01", world.round).total == 0


def test_a_signals_page_shows_areas_of_like_context_and_figures_only_within_sight(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = analytics.indicator_profile(viewer=SYSTEM, round_id=stage.world.round.id, code="SAF-01")
    peers = tuple(PeerArea(item.area, 0.5, 1) for item in held.areas if item.area.code != "B2")
    monkeypatch.setattr(analytics, "peer_group", lambda **_: PeerGroup(peers, (Words("จำนวน", "number"),)))
    for client, seen in ((stage.officer, True), (stage.director, False)):
        shown = text(client, f"/signals/{stage.signal}/").split("เขตที่บริบทใกล้กันเป็นอย่างไร")[1].split("</table>")[0]
        assert "<b>สพ.B2</b>" in shown
        assert "สพ.A1" in shown
        assert ("85.1" in shown) is seen
