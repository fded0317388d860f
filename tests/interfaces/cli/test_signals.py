from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests import factories
from tests.factories import World

from sanyan.apps.signals.models import Signal
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.cli.main import main

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
    return now


def sanyan(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["signals", *arguments])


def test_looking_over_a_round_tells_what_it_changed_and_again_changes_nothing(world: World) -> None:
    first = json.loads(sanyan("look", "--round", "2568-09", "--json").output)
    assert [(told["framework"], told["round"], told["new"]) for told in first] == [("SMALL", "2568-09", 1)]
    (again,) = json.loads(sanyan("look", "--round", "2568-09", "--framework", "SMALL", "--json").output)
    assert (again["new"], again["updated"]) == (0, 1)
    said = sanyan("look", "--round", "2568-09").output
    assert "ปรับปรุง 1" in said
    assert "brought up to date 1" in said


def test_without_a_round_the_one_people_work_on_is_looked_over(world: World) -> None:
    (told,) = json.loads(sanyan("look", "--json").output)
    assert told["round"] == "2568-09"


def test_an_earlier_round_is_refused_once_a_later_one_was_looked_over(world: World) -> None:
    sanyan("look", "--round", "2568-09")
    refused = sanyan("look", "--round", "2567-09")
    assert refused.exit_code == 5
    assert "signals-later-round" in refused.output


def test_a_round_that_is_not_there_or_not_a_round_is_told(world: World) -> None:
    assert sanyan("look", "--round", "2569-09").exit_code == 4
    wrong = sanyan("look", "--round", "เดือนเก้า")
    assert wrong.exit_code == 2
    assert "2568-09" in wrong.output


def test_overdue_signals_are_passed_on_and_counted(world: World) -> None:
    sanyan("look", "--round", "2568-09")
    assert json.loads(sanyan("escalate", "--json").output) == {"passed_on": 0}
    for signal in Signal.objects.all():
        signal.due_on -= timedelta(days=60)
        signal.save()
    assert "แจ้งต่อแล้ว 1 สัญญาณ" in sanyan("escalate").output


def test_precision_is_told_by_rule_and_level(world: World) -> None:
    sanyan("look", "--round", "2568-09")
    told = json.loads(sanyan("precision", "--json").output)
    assert told["settled"] == 0
    assert told["brier"] is None
    assert [row["said"] for row in told["rows"]] == [1]
    assert "very high" in sanyan("precision").output
    assert json.loads(sanyan("precision", "--practice", "--json").output)["rows"] == []
