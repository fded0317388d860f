"""People who can be told something, with roles and addresses. Imported by tests once Django is set up."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone
from tests.factories import NOW, make_organisations

from sanyan.apps.accounts import actions as accounts
from sanyan.apps.accounts.access import SYSTEM, Viewer, viewer_by_id
from sanyan.apps.notifications import actions
from sanyan.apps.notifications.actions import Notified


@dataclass(frozen=True)
class Town:
    """Offices by code, and a way to make people in them."""

    ids: dict[str, int]

    def person(self, username: str, role: str, code: str = "", *, email: str = "", language: str = "th") -> Viewer:
        accounts.create_user(
            by=SYSTEM,
            username=username,
            display_name=f"คุณ{username}",
            password="pass-phrase-2568",
            grants=[accounts.GrantSpec(role, self.ids[code] if code else None)],
            now=NOW,
        )
        users = get_user_model().objects.filter(username=username)
        users.update(email=email, language=language)
        return viewer_by_id(user_id=users.get().pk, on=timezone.localdate(NOW))


def town() -> Town:
    return Town(make_organisations())


def tell(*people: Viewer, key: str = "1", **more: object) -> Notified:
    """Something told to these people; what is not said is about nothing in particular."""
    said: dict[str, object] = {
        "kind": "signals.new",
        "topic": "signals",
        "title_th": f"สัญญาณ {key}",
        "title_en": f"Signal {key}",
        "body_th": "อ่านออกเขียนได้ลดลง",
        "body_en": "Reading has gone down.",
        "link": "/overview/",
        "severity": "medium",
        "now": NOW,
        **more,
    }
    return actions.notify(by=SYSTEM, user_ids=[int(person.user_id or 0) for person in people], key=key, **said)  # type: ignore[arg-type]


def wish(person: Viewer, *, email: str = "never", in_app: bool = True, minimum: str = "low") -> None:
    actions.subscribe(by=person, topic="signals", in_app=in_app, email=email, minimum=minimum, now=NOW)
