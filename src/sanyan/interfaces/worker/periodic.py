"""What settings.PERIODIC names, done from time to time. One that fails is logged, and has its turn again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

PAUSE_WITHOUT_TURNS = 60.0  # seconds


@dataclass
class _Turn:
    path: str
    every: float
    due_at: float


class Turns:
    """The functions to call and when each is due next; the first turn of each comes at once."""

    def __init__(self, periodic: Iterable[tuple[str, float]], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turns = [_Turn(path, every, clock()) for path, every in periodic]

    def run(self, stop: threading.Event) -> None:
        """Take turns until `stop` is set; a turn that has begun is finished first."""
        try:
            while not stop.wait(self.take()):
                pass
        finally:
            connection.close()

    def take(self) -> float:
        """Do what is due, and tell for how many seconds nothing is. A turn that was missed is not made up for."""
        for turn in self._turns:
            if turn.due_at <= self._clock():
                _do(turn.path)
                turn.due_at = self._clock() + turn.every
        now = self._clock()
        return max(0.0, min((turn.due_at - now for turn in self._turns), default=PAUSE_WITHOUT_TURNS))


def _do(path: str) -> None:
    close_old_connections()
    try:
        import_string(path)()
    except Exception:  # whatever it is, the others and the next turn go on
        logger.exception("%s failed and will be tried again at its next turn", path)
    finally:
        close_old_connections()
