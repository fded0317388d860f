"""People who sign in, and a small world for pages to show. Imported by tests once Django is set up."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.test import Client
from tests import factories
from tests.factories import World

from sanyan.apps.accounts import actions as accounts
from sanyan.apps.accounts.access import SYSTEM

BACKEND = "django.contrib.auth.backends.ModelBackend"


def web_world() -> World:
    """Two regions of three areas; A1 and B1 have certified reports."""
    made = factories.small_world()
    factories.certify(made, "A1", factories.percent(80, 100), factories.number(4))
    factories.certify(made, "B1", factories.percent(50, 100), factories.number(40))
    return made


@dataclass(frozen=True)
class SignIn:
    """Makes a person with a role, over an area where the role asks for one, and a client of theirs."""

    world: World

    def __call__(self, role: str, area: str = "") -> Client:
        username = f"{role}-{area or 'all'}"
        organisation = self.world.ids[area] if area else None
        accounts.create_user(
            by=SYSTEM,
            username=username,
            display_name="ผู้ทดสอบ",
            password="pass-phrase-2568",
            grants=[accounts.GrantSpec(role, organisation)],
            now=factories.NOW,
        )
        client = Client()
        client.force_login(get_user_model().objects.get(username=username), backend=BACKEND)
        return client
