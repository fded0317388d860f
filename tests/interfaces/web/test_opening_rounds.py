from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations.actions import draw_target_group
from sanyan.core.indicators.definitions import RoundPlan
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web.rounds.opening import due_by, foreseen

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Any) -> World:
    settings.FACTS_ROOT = tmp_path
    return factories.small_world()


@pytest.fixture
def sign_in(world: World) -> SignIn:
    return SignIn(world)


def fresh(world: World) -> RoundKey:
    definition = frameworks.framework_version(viewer=SYSTEM, version_id=world.round.version_id).definition
    return next(key for key in foreseen(definition) if key != world.round.key)


def sent(**changed: str) -> dict[str, str]:
    return {"opens_on": "1 มิถุนายน 2568", "due_on": "15/7/2568", "kind": "real", "who": "all"} | changed


def address(world: World) -> str:
    return f"/rounds/open/?framework={world.round.framework_code}&key={fresh(world)}"


def test_how_many_are_asked_is_said_before_anything_changes(world: World, sign_in: SignIn) -> None:
    before = len(frameworks.rounds(viewer=SYSTEM))
    client = sign_in("me_officer")
    for posted in (sent(), sent(confirmed="245")):
        assert "ขอข้อมูลจาก 6 เขต" in client.post(address(world), posted).content.decode()
    assert len(frameworks.rounds(viewer=SYSTEM)) == before


def test_a_confirmed_round_opens_asks_every_area_and_lands_on_its_progress(world: World, sign_in: SignIn) -> None:
    response = sign_in("me_officer").post(address(world), sent(confirmed="6", kind="practice"))
    code = world.round.framework_code
    info = frameworks.find_round(viewer=SYSTEM, framework_code=code, key=fresh(world), is_practice=True)
    assert info is not None
    assert response.headers["Location"] == f"/rounds/progress/?round={info.id}"
    assert (info.opens_on, info.due_on) == (date(2025, 6, 1), date(2025, 7, 15))
    assert len(collection.expected(viewer=SYSTEM, round_id=info.id)) == 6


def test_a_drawn_group_can_be_asked_alone(world: World, sign_in: SignIn) -> None:
    group = draw_target_group(
        by=SYSTEM, name_th="เขตที่เลือก", purpose_th="ทดสอบ", size=4, seed=1, minimum=1, now=factories.NOW
    )
    response = sign_in("me_officer").post(address(world), sent(who=f"group-{group.id}"))
    assert "ขอข้อมูลจาก 4 เขต" in response.content.decode()


def test_a_round_that_opens_later_waits(world: World, sign_in: SignIn) -> None:
    later = sent(opens_on="1 มกราคม 2643", due_on="1 กุมภาพันธ์ 2643", confirmed="6")
    sign_in("me_officer").post(address(world), later)
    info = frameworks.find_round(viewer=SYSTEM, framework_code=world.round.framework_code, key=fresh(world))
    assert info is not None
    assert info.state == "planned"


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"due_on": "ปลายเดือน"}, "อ่านวันที่ไม่ได้"), ({"due_on": "1/5/2568"}, "วันครบกำหนดต้องไม่ก่อนวันเปิดรอบ")],
)
def test_days_that_cannot_be_are_said_under_their_field(
    world: World, sign_in: SignIn, changed: dict[str, str], said: str
) -> None:
    body = sign_in("me_officer").post(address(world), sent(confirmed="6", **changed)).content.decode()
    assert said in body
    assert frameworks.find_round(viewer=SYSTEM, framework_code=world.round.framework_code, key=fresh(world)) is None


def test_a_round_that_is_there_already_is_not_opened_twice(world: World, sign_in: SignIn) -> None:
    path = f"/rounds/open/?framework={world.round.framework_code}&key={world.round.key}"
    client = sign_in("me_officer")
    assert "มีรอบนี้อยู่แล้ว" in client.get(path).content.decode()
    assert "อยู่แล้ว" in client.post(path, sent(confirmed="6")).content.decode()


def test_a_round_is_closed_and_locked_step_by_step(world: World, sign_in: SignIn) -> None:
    client = sign_in("me_officer")
    assert "ปิดรับ" in client.get("/rounds/all/").content.decode()
    for step in ("closed", "locked"):
        assert client.get(f"/rounds/all/{world.round.id}/{step}/").status_code == 200
        client.post(f"/rounds/all/{world.round.id}/{step}/")
        assert frameworks.round_info(viewer=SYSTEM, round_id=world.round.id).state == step


def test_only_who_manages_may_open_or_move_a_round(world: World, sign_in: SignIn) -> None:
    for client in (sign_in("executive"), sign_in("area_officer", "A1")):
        assert client.post(address(world), sent(confirmed="6")).status_code in (403, 404)
        assert client.post(f"/rounds/all/{world.round.id}/closed/").status_code in (403, 404)
    assert frameworks.round_info(viewer=SYSTEM, round_id=world.round.id).state == "open"
    assert client.get("/rounds/all/").status_code == 200


@pytest.mark.parametrize(
    ("month", "day", "key", "due"),
    [
        (7, 15, "2568-09", date(2025, 7, 15)),
        (10, 15, "2568-12", date(2025, 10, 15)),
        (1, 10, "2568-03", date(2025, 1, 10)),
        (2, 29, "2568-04", date(2025, 2, 28)),
    ],
)
def test_a_plan_falls_due_the_first_time_its_day_comes(month: int, day: int, key: str, due: date) -> None:
    held = RoundKey.parse(key)
    assert due_by(RoundPlan(held.month, "รอบ", "Round", (month, day)), held) == due
