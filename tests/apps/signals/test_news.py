"""What is new among signals since the round before, and how people's outcomes are told apart from the system's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, TODAY, World, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.signals import actions, queries
from sanyan.apps.signals.models import Signal
from sanyan.apps.signals.queries import SignalFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(two_years: World) -> int:
    actions.raise_signals(by=SYSTEM, round_id=two_years.round.id, now=NOW)
    (signal,) = queries.inbox(viewer=SYSTEM, today=TODAY, only=SignalFilter())
    return signal.id


def test_new_signals_of_areas_are_counted_by_region_and_only_in_sight(raised: int, two_years: World) -> None:
    told = queries.news(viewer=SYSTEM, today=TODAY, info=two_years.round)
    assert (told.new, [(region.code, region.count, region.urgent) for region in told.regions]) == (1, [("RB", 1, 1)])
    other = queries.news(viewer=viewer("region_director", two_years.ids["RA"]), today=TODAY, info=two_years.round)
    assert (other.new, other.regions, other.closed, other.gone) == (0, (), {}, 0)


def test_what_people_closed_is_told_by_outcome_and_what_the_system_closed_apart(raised: int, two_years: World) -> None:
    later = NOW + timedelta(days=1)
    actions.close(by=SYSTEM, signal_id=raised, outcome="explained", explanation="นับใหม่", now=later)
    assert queries.news(viewer=SYSTEM, today=TODAY, info=two_years.round).gone == 1
    Signal.objects.filter(pk=raised).update(closed_by="ผอ.")
    told = queries.news(viewer=SYSTEM, today=TODAY, info=two_years.round)
    assert (told.closed, told.gone, told.new) == ({"explained": 1}, 0, 0)


def test_an_outcome_counts_though_the_data_had_moved_on_before_it_was_closed(raised: int) -> None:
    Signal.objects.filter(pk=raised).update(
        state="closed", closed_at=NOW, closed_by="ผอ.", outcome="explained", explanation="นับใหม่", gone_at=NOW
    )
    (row,) = queries.precision(viewer=SYSTEM, is_practice=False).rows
    assert row.outcomes == {"explained": 1}
    Signal.objects.filter(pk=raised).update(closed_by=SYSTEM.name)
    (row,) = queries.precision(viewer=SYSTEM, is_practice=False).rows
    assert row.outcomes == {}


def test_overdue_and_how_many_follow_the_same_filter_as_the_inbox(raised: int) -> None:
    late = TODAY + timedelta(days=365)
    assert queries.how_many(viewer=SYSTEM, today=TODAY, only=SignalFilter(overdue=True)) == 0
    assert queries.how_many(viewer=SYSTEM, today=late, only=SignalFilter(overdue=True)) == 1
    assert queries.how_many(viewer=SYSTEM, today=late, only=SignalFilter(overdue=True, region_code="RA")) == 0
