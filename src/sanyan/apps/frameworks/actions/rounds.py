from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.frameworks import access
from sanyan.apps.frameworks.models import FrameworkVersion, Round
from sanyan.core.errors import BadInputError, NothingToDoError
from sanyan.core.forms.framework_codec import from_dict
from sanyan.core.indicators.definitions import RoundPlan
from sanyan.core.rounds import RoundKey

STEPS: dict[str, frozenset[str]] = {
    Round.State.PLANNED: frozenset({Round.State.OPEN}),
    Round.State.OPEN: frozenset({Round.State.CLOSED}),
    Round.State.CLOSED: frozenset({Round.State.OPEN, Round.State.LOCKED}),
    Round.State.LOCKED: frozenset({Round.State.CLOSED}),
}
NAMES_TH: dict[str, str] = {
    Round.State.PLANNED: "วางแผน",
    Round.State.OPEN: "เปิดรับ",
    Round.State.CLOSED: "ปิดรับ",
    Round.State.LOCKED: "ล็อก",
}


def open_round(
    *,
    by: Viewer,
    framework_code: str,
    key: RoundKey,
    opens_on: date,
    due_on: date,
    is_practice: bool = False,
    state: str = Round.State.OPEN,
    now: datetime | None = None,
) -> int:
    """Open (or, by `state`, plan) a round of the published version; return its id.

    Raise BadInputError where the framework does not foresee the round or its days cross, NothingToDoError
    where the round is there already or nothing is published.
    """
    with transaction.atomic():
        version = access.published(viewer=by, code=framework_code)
        plan = _plan(version, key)
        _check(opens_on, due_on, state)
        same = {"fiscal_year": key.fiscal_year, "month": key.month, "is_practice": is_practice}
        if version.framework.rounds.filter(**same).exists():
            raise _there_already(key)
        row = Round.objects.create(
            framework=version.framework,
            version=version,
            name_th=plan.name_th,
            name_en=plan.name_en,
            opens_on=opens_on,
            data_until=key.data_until,
            due_on=due_on,
            state=state,
            **same,
        )
        detail = {"key": str(key), "state": str(state), "practice": is_practice}
        record(by=by, trace=Trace("frameworks.round_opened", "round", str(row.pk), detail=detail), now=now)
    return row.pk


def change_round_state(*, by: Viewer, round_id: int, state: str, now: datetime | None = None) -> None:
    """Move a round one step: planned, open, closed, locked; a closed one may be opened again.

    Raise NothingToDoError where it stands there already, BadInputError for a step that is not allowed.
    """
    with transaction.atomic():
        row = access.round_(viewer=by, id=round_id)
        before = row.state
        if before == state:
            raise NothingToDoError(
                "round-state-unchanged",
                f"รอบนี้อยู่ในสถานะ{NAMES_TH[before]}อยู่แล้ว",
                f"The round is {before} already.",
                next_th="เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
                next_en="Open the page again to see where it stands.",
                place=row.name_th,
            )
        if state not in STEPS[before]:
            allowed = sorted(STEPS[before])
            raise BadInputError(
                "round-step-refused",
                f"เปลี่ยนจาก{NAMES_TH[before]}เป็น{NAMES_TH.get(state, state)}ไม่ได้",
                f"A round cannot go from {before} to {state}.",
                next_th="เปลี่ยนได้เป็น: " + ", ".join(NAMES_TH[each] for each in allowed),
                next_en="It can become: " + ", ".join(allowed),
                place=row.name_th,
            )
        row.state = state
        row.save(update_fields=["state"])
        detail = {"from": before, "to": str(state)}
        record(by=by, trace=Trace("frameworks.round_moved", "round", str(row.pk), detail=detail), now=now)


def _plan(version: FrameworkVersion, key: RoundKey) -> RoundPlan:
    definition = from_dict(version.definition)
    plan = next((each for each in definition.rounds if each.month == key.month), None)
    if plan is not None and key.fiscal_year in definition.fiscal_years:
        return plan
    months = ", ".join(str(each.month) for each in definition.rounds)
    years = ", ".join(str(year) for year in definition.fiscal_years)
    raise BadInputError(
        "round-not-foreseen",
        f"กรอบนี้ไม่มีรอบ {key.month} เดือนของปีงบประมาณ {key.fiscal_year}",
        f"The framework foresees no month {key.month} of fiscal year {key.fiscal_year}.",
        next_th=f"เลือกรอบ {months} เดือน ของปี {years} หรือแก้กรอบแล้วประกาศใช้ใหม่",
        next_en=f"Choose month {months} of {years}, or publish a framework that has it.",
        place=str(key),
    )


def _check(opens_on: date, due_on: date, state: str) -> None:
    if opens_on > due_on:
        raise BadInputError(
            "round-days-crossed",
            "วันเปิดรอบต้องไม่หลังวันครบกำหนดส่ง",
            "A round cannot open after it is due.",
            next_th="แก้วันเปิดหรือวันครบกำหนด",
            next_en="Correct one of the two days.",
        )
    if state not in STEPS:
        raise BadInputError(
            "round-state-unknown",
            f"ไม่รู้จักสถานะรอบ “{state}”",
            f"There is no round state {state!r}.",
            next_th="ใช้ planned, open, closed หรือ locked",
            next_en="Use planned, open, closed or locked.",
        )


def _there_already(key: RoundKey) -> NothingToDoError:
    return NothingToDoError(
        "round-there-already",
        f"มีรอบ {key.month} เดือนของปีงบประมาณ {key.fiscal_year} อยู่แล้ว",
        f"Month {key.month} of fiscal year {key.fiscal_year} is there already.",
        next_th="ใช้รอบที่มีอยู่ หรือเปลี่ยนสถานะของรอบนั้น",
        next_en="Use the round there is, or change its state.",
        place=str(key),
    )
