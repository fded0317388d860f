"""`sanyan run --once` as people start it: a process of its own, an empty folder, one line of JSON at the end."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
ARGUMENTS = ("run", "--once", "--areas", "8", "--years", "1")
ROUNDS = 2  # six and nine months: the year of practice ends there
STORED = "SELECT COUNT(*) FROM collection_workbookimport WHERE state = 'stored'"
FACTS = """
SELECT COUNT(*) FROM collection_answer a
JOIN collection_submission s ON s.id = a.submission_id AND s.state IN ('certified', 'locked')
"""  # an answer each, reported or with the state that stands for it


class Home:
    """A folder of its own, and processes that work in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "SANYAN_HOME": str(folder),
            "SANYAN_DATABASE_URL": "",
            "SANYAN_SECRET_KEY": "only-for-tests",
            "DJANGO_SETTINGS_MODULE": "sanyan.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", "from sanyan.interfaces.cli.main import main; main()", *ARGUMENTS]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=self.environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )

    def run(self) -> dict[str, Any]:
        process = self.start()
        told, complained = process.communicate(timeout=240)
        assert process.returncode == 0, complained
        last = json.loads(told.strip().splitlines()[-1])
        assert isinstance(last, dict)
        return last

    def count(self, query: str) -> int:
        try:
            with sqlite3.connect(f"file:{self.folder / 'sanyan.sqlite3'}?mode=ro", uri=True) as database:
                return int(database.execute(query).fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # not there yet


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, Any]]:
    """A home after its first run, and what that run told."""
    home = Home(tmp_path_factory.mktemp("once"))
    return home, home.run()


@pytest.mark.slow
def test_a_run_ends_with_its_counts(first: tuple[Home, dict[str, Any]]) -> None:
    home, told = first
    assert {"areas", "answers", "facts", "findings", "files", "seconds", "peak_memory_mib"} <= told.keys()
    assert told["areas"] == 8
    assert 0.7 * 8 * ROUNDS <= told["files"] <= 8 * ROUNDS
    assert told["answers"] > told["facts"] > 0
    assert told["facts"] == home.count(FACTS)
    assert told["findings"] > 0
    assert home.count("SELECT COUNT(*) FROM jobs_job WHERE state <> 'succeeded'") == 0, "nothing is left to a worker"
    assert 20 < told["peak_memory_mib"] < 1024


@pytest.mark.slow
def test_a_run_writes_what_was_planted_and_says_that_it_is_practice(first: tuple[Home, dict[str, Any]]) -> None:
    home, _ = first
    truth = json.loads((home.folder / "practice" / "truth.json").read_text(encoding="utf-8"))
    assert truth["practice"] is True
    assert truth["rounds"] == ["2568-06", "2568-09"]
    assert {error["kind"] for error in truth["errors"]} >= {"times_ten", "part_above_whole"}
    assert home.count("SELECT COUNT(*) FROM frameworks_round WHERE NOT is_practice") == 0
    names = [path.name for path in (home.folder / "practice").rglob("*.xlsx")]
    assert len(names) == home.count(STORED)


@pytest.mark.slow
def test_a_second_run_makes_nothing_new(first: tuple[Home, dict[str, Any]]) -> None:
    home, told = first
    again = home.run()
    same = ("areas", "answers", "facts", "findings", "files")
    assert {name: again[name] for name in same} == {name: told[name] for name in same}
    assert again["timings"]["practice"] < told["timings"]["practice"] / 2


@pytest.mark.slow
def test_a_run_that_is_killed_is_completed_by_the_next(tmp_path: Path) -> None:
    home = Home(tmp_path)
    killed = home.start()
    wait_until(lambda: home.count(STORED) >= 3 or killed.poll() is not None)
    assert killed.poll() is None, "it was still loading"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    stored = home.count(STORED)

    last = home.run()
    assert stored < 8 * ROUNDS
    assert last["files"] >= stored
    assert last["facts"] == home.count(FACTS)
    states = "SELECT COUNT(*) FROM collection_submission WHERE state = 'certified'"
    assert home.count(states) >= 0.6 * 8 * ROUNDS
    assert home.count("SELECT COUNT(*) FROM collection_assignment") == 8 * ROUNDS


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    pause, until = threading.Event(), time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        pause.wait(0.02)
