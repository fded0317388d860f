"""Sets the stage, in a process of its own: people of other areas, and reports in the state a journey starts from.

Run as `python -m tests.journeys.staging PASSWORD`; writes one line of JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from sanyan.apps.accounts import actions as accounts  # noqa: E402
from sanyan.apps.accounts.access import SYSTEM  # noqa: E402
from sanyan.apps.accounts.actions import GrantSpec  # noqa: E402
from sanyan.apps.collection import actions as collection  # noqa: E402
from sanyan.apps.collection import queries as collected  # noqa: E402
from sanyan.apps.frameworks import queries as frameworks  # noqa: E402
from sanyan.apps.jobs import actions as jobs  # noqa: E402
from sanyan.apps.organisations import queries as organisations  # noqa: E402
from sanyan.apps.signals import actions as signals  # noqa: E402
from sanyan.apps.signals import queries as signals_seen  # noqa: E402

DEMO = "4001"
PARTS = ("files", "entry", "handed_in", "untouched")


def stage(password: str) -> dict[str, Any]:
    """Give each part an area of its own: its ids, its people, and where the journey begins."""
    now = timezone.now()
    info = max(frameworks.rounds(viewer=SYSTEM), key=lambda item: item.key)
    rows = {row.organisation_id: row for row in collected.expected(viewer=SYSTEM, round_id=info.id)}
    areas = {area.id: area for area in organisations.areas(on=date(2025, 6, 30), ids=frozenset(rows))}
    certified = [id_ for id_, row in rows.items() if row.state == "certified" and areas[id_].area_type == "primary"]
    chosen = [id_ for id_ in certified if areas[id_].code != DEMO][: len(PARTS)]
    parts = dict(zip(PARTS, chosen, strict=True))
    parts["demo"] = next(id_ for id_, area in areas.items() if area.code == DEMO)
    for part in ("files", "entry", "handed_in"):
        submission = rows[parts[part]].submission_id
        collection.reopen(by=SYSTEM, submission_id=submission, comment="เปิดให้ฝึก", now=now)
        for role in ("area_officer", "area_director"):
            accounts.create_user(
                by=SYSTEM,
                username=f"{part}.{role}",
                display_name=f"{areas[parts[part]].short_th} {role}",
                password=password,
                grants=[GrantSpec(role, parts[part])],
                now=now,
            )
    collection.submit(by=SYSTEM, submission_id=rows[parts["handed_in"]].submission_id, now=now, leave_unanswered=True)
    for username, grants in (("forgetful", []), ("reader", [GrantSpec("executive")])):
        accounts.create_user(
            by=SYSTEM, username=username, display_name=username, password=password, grants=grants, now=now
        )
    job = jobs.enqueue(kind="counting", title="นับช้า ๆ", payload={"to": 900}, asked_by=SYSTEM, now=now)
    return {
        "round": info.id,
        "job": str(job.id),
        "signal": owned_signal(password),
        "areas": {
            part: {
                "id": id_,
                "code": areas[id_].code,
                "short_th": areas[id_].short_th,
                "submission": rows[id_].submission_id,
                "state": rows[id_].state,
            }
            for part, id_ in parts.items()
        },
    }


def owned_signal(password: str) -> int:
    """The first open signal about one area, given to a director of that area who is told of it."""
    now = timezone.now()
    only = signals_seen.SignalFilter(state="raised", scope="unit")
    (first,) = signals_seen.inbox(viewer=SYSTEM, today=timezone.localdate(), only=only, limit=1)
    accounts.create_user(
        by=SYSTEM,
        username="signal.area_director",
        display_name=f"ผอ. {first.place.th}",
        password=password,
        grants=[GrantSpec("area_director", first.organisation_id)],
        now=now,
    )
    people = signals_seen.signal(viewer=SYSTEM, signal_id=first.id, today=timezone.localdate()).owners
    director = next(person for person in people if person.name == f"ผอ. {first.place.th}")
    signals.assign(by=SYSTEM, signal_id=first.id, owner_id=director.user_id, now=now)
    return first.id


if __name__ == "__main__":
    print(json.dumps(stage(sys.argv[1]), ensure_ascii=False))  # noqa: T201
