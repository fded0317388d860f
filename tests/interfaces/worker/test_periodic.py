from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from sanyan.interfaces.worker import periodic
from sanyan.interfaces.worker.periodic import Turns

HERE = "tests.interfaces.worker.periodic_work"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was done, in order; connections are left alone, for the test's own transaction is in one."""
    from tests.interfaces.worker import periodic_work  # noqa: PLC0415

    monkeypatch.setattr(periodic, "close_old_connections", lambda: None)
    periodic_work.DONE.clear()
    yield periodic_work.DONE
    periodic_work.DONE.clear()


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_each_has_its_turn_at_once_and_then_as_often_as_it_should(done: list[str]) -> None:
    clock = Clock()
    turns = Turns([(f"{HERE}.first", 10), (f"{HERE}.second", 25)], clock=clock)
    pauses = []
    for moment in (0, 9.9, 10, 20, 25, 30):
        clock.now = 1000 + moment
        pauses.append(round(turns.take(), 1))
    assert done == ["first", "second", "first", "first", "second", "first"]
    assert pauses == [10, 0.1, 10, 5, 5, 10]


def test_turns_that_were_slept_through_are_taken_once(done: list[str]) -> None:
    clock = Clock()
    turns = Turns([(f"{HERE}.first", 10)], clock=clock)
    turns.take()
    clock.now += 1000
    assert turns.take() == 10
    assert done == ["first", "first"]


@pytest.mark.parametrize("broken", [f"{HERE}.broken", f"{HERE}.missing", "no.such.module"])
def test_one_that_fails_is_logged_and_stops_neither_the_others_nor_itself(
    done: list[str], caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    clock = Clock()
    turns = Turns([(broken, 10), (f"{HERE}.first", 10)], clock=clock)
    with caplog.at_level(logging.ERROR):
        turns.take()
        clock.now += 10
        turns.take()
    assert done == ["first", "first"]
    assert [broken in record.getMessage() for record in caplog.records] == [True, True]


def test_the_loop_ends_when_it_is_told_to(done: list[str]) -> None:
    stop = threading.Event()
    loop = threading.Thread(target=Turns([(f"{HERE}.first", 60)]).run, args=(stop,))
    loop.start()
    stop.set()
    loop.join(timeout=5)
    assert not loop.is_alive()
    assert done == ["first"]


def test_what_the_settings_name_is_there_to_be_called() -> None:
    assert settings.PERIODIC
    for path, seconds in settings.PERIODIC:
        assert callable(import_string(path))
        assert seconds > 0
