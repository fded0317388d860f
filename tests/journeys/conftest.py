"""A real installation, a real server and a real browser; every page visited is watched."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.journeys.watching import Watched

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
AREAS, YEARS = 14, 2
PASSWORD = "เดินทาง-ทดสอบ-2568"  # of the people that staging.py makes
QUIET = ("background-networking", "component-update", "sync", "quic", "gpu", "default-apps", "extensions")
ARGUMENTS = ["--no-sandbox", "--no-first-run", *(f"--disable-{part}" for part in QUIET)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            for mark in (pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("journeys")):
                item.add_marker(mark)


@dataclass(frozen=True)
class Area:
    """An area on the stage: its ids, and the people who may sign in for it (all but the demo area's)."""

    id: int
    code: str
    short_th: str
    submission: int
    state: str


@dataclass(frozen=True)
class House:
    """A running installation."""

    home: Path
    address: str
    round: int
    job: str
    signal: int
    areas: dict[str, Area]
    passwords: dict[str, str]

    def password(self, username: str) -> str:
        return self.passwords.get(username, PASSWORD)


def sanyan(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from sanyan.interfaces.cli.main import main; main()", *arguments]


def environment(home: Path) -> dict[str, str]:
    return os.environ | {
        "SANYAN_HOME": str(home),
        "SANYAN_DATABASE_URL": "",
        "SANYAN_SECRET_KEY": "only-for-journeys",
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return found


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Workers of pytest-xdist that were not told of the group wait for one another: one server at a time."""
    with (tmp_path_factory.getbasetemp().parent / "journeys.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def house(chromium: str, alone: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Practice data of a few areas, the stage set, and `sanyan serve` on a free port."""
    home = tmp_path_factory.mktemp("journeys")
    held = environment(home)
    load = ["run", "--once", "--areas", str(AREAS), "--years", str(YEARS)]
    subprocess.run(sanyan(*load), env=held, check=True, capture_output=True, timeout=180)
    told = [sys.executable, "-m", "tests.journeys.staging", PASSWORD]
    staged = json.loads(subprocess.run(told, env=held, check=True, capture_output=True, timeout=60).stdout)
    rows = [line.split("\t") for line in (home / "demo_accounts.txt").read_text(encoding="utf-8").splitlines()]
    port = free_port()
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(sanyan("serve", "--port", str(port)), env=held, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/account/login/", server)
            yield House(
                home=home,
                address=f"http://127.0.0.1:{port}",
                round=staged["round"],
                job=staged["job"],
                signal=staged["signal"],
                areas={part: Area(**area) for part, area in staged["areas"].items()},
                passwords={row[0]: row[1] for row in rows},
            )
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until, pause = time.monotonic() + seconds, threading.Event()
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                answer.read()
                return
        except OSError:
            pause.wait(0.1)
    raise AssertionError(f"{address} did not open")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser a module: Playwright's loop must not run on into tests that use the database."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """The cookies of those who signed in before in this module."""
    return {}


@pytest.fixture
def visit(house: House, browser: Browser, sessions: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """`visit("demo.executive", "/areas/", width=390)`: a watched page of somebody who signed in."""
    watched: list[Watched] = []

    def visited(username: str = "", path: str = "/", *, width: int = 1280, allow: tuple[int, ...] = ()) -> Page:
        context = browser.new_context(
            base_url=house.address,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            locale="th-TH",
            storage_state=sessions.get(username),
        )
        context.set_default_timeout(10_000)
        held = Watched(context, house.address, allow)
        watched.append(held)
        page = held.page
        if username and username not in sessions:
            sign_in(page, username, house.password(username))
            assert "/account/login" not in page.url, f"{username} could not sign in"
            sessions[username] = context.storage_state()
            if path == "/":
                return page
        page.goto(path)
        return page

    yield visited
    complaints = [complaint for held in watched for complaint in held.end()]
    assert complaints == []


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("ชื่อผู้ใช้").fill(username)
    page.get_by_label("รหัสผ่าน", exact=True).fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
