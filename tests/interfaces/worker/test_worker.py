from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ENQUEUE = """
import sys
from django.utils import timezone
from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.jobs import actions
actions.enqueue(kind="slow", title="x", payload={"began": sys.argv[1]}, asked_by=SYSTEM, now=timezone.now())
"""
GROW_OLD = """
from datetime import timedelta
from django.db.models import F
from sanyan.apps.jobs.models import Job
Job.objects.update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=2))
"""
SHOW = """
import json
from sanyan.apps.jobs.models import Job
print(json.dumps(list(Job.objects.values("state", "attempts", "result"))))
"""


class Installation:
    """A database of its own, and processes that work on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = os.environ | {
            "SANYAN_HOME": str(home),
            "SANYAN_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "tests.interfaces.worker.slow_settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def run(self, code: str, *arguments: str) -> str:
        program = f"import django\ndjango.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], env=self.environment, check=True, capture_output=True
        )
        return done.stdout.decode()

    def worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", "from sanyan.interfaces.cli.main import main; main(['worker'])"]
        self.workers.append(subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL))
        return self.workers[-1]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    made.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    yield made
    for worker in made.workers:
        worker.kill()
        worker.wait()


def wait_until(true: Callable[[], bool], seconds: float = 8) -> None:
    pause = threading.Event()
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        pause.wait(0.1)


@pytest.mark.slow
def test_a_job_whose_worker_is_killed_is_completed_by_the_next_worker(
    installation: Installation, tmp_path: Path
) -> None:
    began = tmp_path / "began"
    installation.run(ENQUEUE, str(began))
    killed = installation.worker()
    wait_until(began.exists)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    installation.run(GROW_OLD)  # rather than wait a minute

    next_worker = installation.worker()
    wait_until(lambda: json.loads(installation.run(SHOW))[0]["state"] == "succeeded")
    assert json.loads(installation.run(SHOW)) == [{"state": "succeeded", "attempts": 2, "result": {"attempt": 2}}]

    next_worker.send_signal(signal.SIGTERM)
    assert next_worker.wait(timeout=5) == 0
