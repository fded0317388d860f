"""`sanyan run` until it is stopped: pages open while practice data still loads, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def opens(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/", timeout=5) as answer:
            return "เข้าสู่ระบบ" in answer.read().decode("utf-8")
    except OSError:
        return False


def start(home: Path, port: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "SANYAN_HOME": str(home),
        "SANYAN_DATABASE_URL": "",
        "SANYAN_SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "sanyan.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "PORT": str(port),
    }
    # A suite that itself runs in the background inherits that Ctrl+C is ignored; a person's terminal does not.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{heard}; from sanyan.interfaces.cli.main import main; main()", "run"]
    with (home / "told").open("wb") as told:
        return subprocess.Popen(
            [*command, "--areas", "2", "--years", "1"],
            env=environment,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )


def is_there(group: int) -> bool:
    """Whether any process of a group is left; one that has ended counts until it is reaped."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_run_opens_its_pages_tells_the_accounts_and_stops_whole(tmp_path: Path, stop: signal.Signals) -> None:
    port, pause, until = free_port(), threading.Event(), time.monotonic() + 120
    process = start(tmp_path, port)
    try:
        while "Ctrl+C" not in (told := (tmp_path / "told").read_text(encoding="utf-8")):
            assert process.poll() is None, told
            assert time.monotonic() < until, told
            pause.wait(0.2)
        assert opens(port)
        assert f"http://127.0.0.1:{port}" in told
        for line in (tmp_path / "demo_accounts.txt").read_text(encoding="utf-8").splitlines():
            username, password, *_ = line.split("\t")
            assert username in told
            assert password in told
        process.send_signal(stop)
        process.wait(timeout=30)
        assert not opens(port)
        while is_there(process.pid):
            assert time.monotonic() < until, "the server or the worker is left behind"
            pause.wait(0.2)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
