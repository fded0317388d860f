from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from pytest_django.fixtures import Settings

from sanyan.interfaces.cli.notifications import notifications

pytestmark = pytest.mark.django_db


def test_sending_with_mail_off_says_so_and_how_to_turn_it_on(settings: Settings) -> None:
    settings.EMAIL_IS_ON = False
    done = CliRunner().invoke(notifications, ["send"])
    assert done.exit_code == 0
    assert "SANYAN_EMAIL_URL" in done.output


def test_sending_counts_what_became_of_the_digests(settings: Settings) -> None:
    settings.EMAIL_IS_ON = True
    assert "sent 0, to be retried 0" in CliRunner().invoke(notifications, ["send"]).output
    told = json.loads(CliRunner().invoke(notifications, ["send", "--json"]).output)
    assert told == {"mail_is_on": True, "sent": 0, "to_be_retried": 0, "given_up": 0, "held": 0, "unreachable": ""}
