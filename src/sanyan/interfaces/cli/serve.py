"""`sanyan run`: from nothing to a page. `sanyan serve`: only the page and the worker."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from sanyan.apps.accounts import actions as accounts
from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import actions as analytics
from sanyan.apps.practice import actions as practice
from sanyan.apps.practice import queries as practice_queries
from sanyan.interfaces.cli.preparing import bring_up_to_date
from sanyan.interfaces.cli.progress import console, progress_bar

THREADS = 4
SQLITE = "django.db.backends.sqlite3"


@click.command()
@click.option("--once", is_flag=True, help="ทำทุกอย่างยกเว้นเปิดหน้าเว็บ / Do everything but serve; end with one JSON line.")
@click.option("--fresh", is_flag=True, help="ลบฐานข้อมูลเดิมแล้วเริ่มใหม่ / Forget the database and start over.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="พอร์ต / Port.")
@click.option(
    "--areas",
    type=click.IntRange(min=1),
    default=245,
    show_default=True,
    help="จำนวนเขตในข้อมูลฝึกหัด / Areas in the practice data.",
)
@click.option(
    "--years",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="จำนวนปีงบประมาณ / Fiscal years of practice data.",
)
@click.option("--seed", default=2568, show_default=True, help="เลขตั้งต้นของการสุ่ม / Seed.")
def run(once: bool, fresh: bool, port: int, areas: int, years: int, seed: int) -> None:
    """เตรียมระบบ ทำข้อมูลฝึกหัด แล้วเปิดหน้าเว็บ / Set up, make the practice year, serve."""
    started = time.monotonic()
    timings: dict[str, float] = {}
    if not once:
        _require_free(port)
    if fresh:
        _forget()
    with _timed(timings, "prepare", "เตรียมฐานข้อมูล ทะเบียนเขต และกรอบตัวอย่าง / database, registry, framework"):
        _prepare()
    plan = practice.PracticePlan(seed=seed, areas=areas, years=years)
    if once:
        _practise(plan, timings)
        with _timed(timings, "jobs", "งานที่รออยู่ในคิว / jobs that waited"):
            _empty_the_queue()
        click.echo(json.dumps(_summary(started, timings), ensure_ascii=False))
        return
    processes = _start(port)
    try:
        _wait_for(port, processes[0])
        console.print(f"[bold]เปิดหน้าเว็บได้แล้ว / ready:[/] http://127.0.0.1:{port}")
        console.print("  กำลังเติมข้อมูลฝึกหัด แล้วจะแสดงบัญชีทดลอง / practice data next, then the demo accounts")
        _practise(plan, timings)
        _print_accounts(port)
        _wait(processes)
    finally:
        _stop(processes)


@click.command()
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="พอร์ต / Port.")
@click.option("--host", envvar="SANYAN_HOST", default="127.0.0.1", show_default=True, help="ที่อยู่ / Address to bind.")
def serve(port: int, host: str) -> None:
    """เปิดหน้าเว็บและตัวทำงานเบื้องหลัง / Serve the pages and run the worker."""
    _require_free(port, host)
    analytics.repair(by=SYSTEM, now=timezone.now())
    processes = _start(port, host)
    try:
        console.print(f"http://{host}:{port}")
        _wait(processes)
    finally:
        _stop(processes)


def _prepare() -> None:
    bring_up_to_date()
    now = timezone.now()
    practice.prepare(by=SYSTEM, now=now)
    accounts.make_demo_accounts(by=SYSTEM, now=now)
    analytics.repair(by=SYSTEM, now=now)


def _practise(plan: practice.PracticePlan, timings: dict[str, float]) -> None:
    with _timed(timings, "practice", "ข้อมูลฝึกหัด / practice data"), progress_bar() as told:
        folder = settings.HOME / "practice"
        practice.load_practice(by=SYSTEM, plan=plan, folder=folder, now=timezone.now(), progress=told)


def _empty_the_queue() -> None:
    """Do what was left to a worker, since without a server there is none to do it."""
    call_command("db_worker", queue_name="*", batch=True, startup_delay=False, reload=False, verbosity=0)


def _summary(started: float, timings: dict[str, float]) -> dict[str, object]:
    counts = practice_queries.counts(viewer=SYSTEM)
    peak = max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return {
        "areas": counts.areas,
        "answers": counts.answers,
        "facts": counts.facts,
        "findings": counts.findings,
        "files": counts.files,
        "seconds": round(time.monotonic() - started, 1),
        "timings": {name: round(seconds, 1) for name, seconds in timings.items()},
        "peak_memory_mib": round(peak / 1024),
    }


def _own_peak() -> int:
    """The most memory of this process, in KiB; where the system tells only ru_maxrss, that of who started it counts."""
    status = Path("/proc/self/status")
    if status.exists():
        peaks = [
            line.split()[1] for line in status.read_text("ascii", "replace").splitlines() if line.startswith("VmHWM:")
        ]
        if peaks:
            return int(peaks[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@contextmanager
def _timed(timings: dict[str, float], name: str, what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    timings[name] = time.monotonic() - began
    console.print(f"  [dim]{timings[name]:5.1f} s[/]  {what}")


def _forget() -> None:
    """Remove what the product made, and only that; the secret key stays."""
    if settings.DATABASES["default"]["ENGINE"] != SQLITE:
        raise click.ClickException(
            "--fresh ใช้กับ SQLite เท่านั้น ฐานข้อมูล PostgreSQL ต้องลบเองโดยผู้ดูแล / --fresh is for SQLite only; "
            "empty a PostgreSQL database yourself."
        )
    home: Path = settings.HOME
    for name in ("sanyan.sqlite3", "sanyan.sqlite3-wal", "sanyan.sqlite3-shm", "demo_accounts.txt"):
        (home / name).unlink(missing_ok=True)
    for folder in (settings.FACTS_ROOT, settings.MEDIA_ROOT, home / "practice"):
        shutil.rmtree(folder, ignore_errors=True)


def _leave_on_term() -> None:
    """Being asked to stop unwinds what is running, so that the server and the worker stop too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _start(port: int, host: str = "127.0.0.1") -> list[subprocess.Popen[bytes]]:
    """The web server and the worker, each in a process of its own."""
    _leave_on_term()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    server += ["--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"]
    server += ["sanyan.config.wsgi:application"]
    worker = [sys.executable, "-c", "from sanyan.interfaces.cli.main import main; main()", "worker"]
    return [subprocess.Popen(command) for command in (server, worker)]  # noqa: S603 - commands of our own


def _require_free(port: int, host: str = "127.0.0.1") -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise click.ClickException(
                f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ เลือกพอร์ตอื่น เช่น PORT=8100 ./run / "
                f"port {port} is taken; choose another, such as PORT=8100 ./run"
            ) from None


def _wait_for(port: int, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/account/login/")
            if connection.getresponse().status < 500 and server.poll() is None:
                return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException("หน้าเว็บไม่เปิดภายในเวลา ดูข้อความด้านบน / the server did not start; see above")


def _wait(processes: list[subprocess.Popen[bytes]]) -> None:
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _print_accounts(port: int) -> None:
    path = settings.HOME / "demo_accounts.txt"
    console.print(f"\n[bold]http://127.0.0.1:{port}[/]   บัญชีทดลอง / demo accounts ({path}):")
    if path.exists():
        console.print(path.read_text(encoding="utf-8"), highlight=False, markup=False, soft_wrap=True)
    console.print("กด Ctrl+C เพื่อหยุด / Ctrl+C to stop")
