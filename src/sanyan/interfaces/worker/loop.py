"""Runs what waits in the queue, and says while it does that it is alive."""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from sanyan.apps.jobs import actions, tasks
from sanyan.interfaces.worker.periodic import Turns

logger = logging.getLogger(__name__)

LOOK_FOR_WORK_EVERY = 0.5  # seconds
BEAT_EVERY = 5.0  # seconds; a job is given back after 60 s without a beat


def run_worker(stop_event: threading.Event | None = None, *, beat_every: float = BEAT_EVERY) -> None:
    """Run jobs until `stop_event` is set, or SIGTERM or SIGINT comes in the main thread.

    A job that is running is finished first; a second signal stops at once and leaves it to the reaper.
    """
    stop = stop_event or threading.Event()
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=LOOK_FOR_WORK_EVERY,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
    keeper = threading.Thread(target=_keep, args=(worker, stop, beat_every), name="sanyan-keeper", daemon=True)
    keeper.start()
    # Apart from the keeper: a mail server that answers slowly must not silence the beats.
    turns = threading.Thread(target=Turns(settings.PERIODIC).run, args=(stop,), name="sanyan-turns", daemon=True)
    turns.start()
    if threading.current_thread() is threading.main_thread():
        worker.configure_signals()
    try:
        worker.run()
    finally:
        stop.set()
        keeper.join(timeout=beat_every)
        turns.join(timeout=beat_every)


def _keep(worker: Worker, stop: threading.Event, beat_every: float) -> None:
    """Beat for the jobs in hand and give back those of dead workers; a busy database costs a turn."""
    try:
        while True:
            try:
                if tasks.in_hand:
                    actions.beat(job_ids=tuple(tasks.in_hand), now=timezone.now())
                for job_id in actions.reap(now=timezone.now()):
                    logger.warning("job %s was left by a dead worker", job_id)
            except DatabaseError as error:
                logger.warning("no beat this time: %s", error)
            if stop.wait(beat_every):
                worker.running = False
                return
    finally:
        connection.close()
