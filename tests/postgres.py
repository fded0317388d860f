"""A PostgreSQL cluster in a temporary folder: for the `postgres_url` fixture, and around a command.

`python tests/postgres.py COMMAND...` runs the command with SANYAN_DATABASE_URL naming such a cluster and ends
with the command's own exit code; with 77 and the reason where no server is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_ACCOUNT = "postgres"
SKIPPED = 77
FAST_AND_UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40"


class NoPostgresError(RuntimeError):
    """No server can be started here; the text says why."""


def _binaries() -> Path:
    on_path = shutil.which("pg_ctl")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoPostgresError("PostgreSQL's server programs (initdb, pg_ctl) are not installed")


def _as_server_account() -> list[str]:
    """What to put before a command: initdb refuses to run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None:
        raise NoPostgresError("running as root without runuser, and PostgreSQL refuses to run as root")
    known = subprocess.run(["id", SERVER_ACCOUNT], capture_output=True, check=False)
    if known.returncode:
        raise NoPostgresError(f"running as root, and there is no account {SERVER_ACCOUNT} to run it as")
    return ["runuser", "-u", SERVER_ACCOUNT, "--"]


def _run(command: list[str]) -> None:
    """Output goes to a file, not a pipe: the server inherits it and a pipe would never close."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, cwd="/", check=False, timeout=120)
        if done.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace")
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{text}")


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """Start a cluster that answers only on a socket in its own folder; stop and remove it at the end."""
    binaries, prefix = _binaries(), _as_server_account()
    # Lower-case on purpose: the folder is the host part of an address, which is read without regard to case.
    folder = Path(tempfile.mkdtemp(prefix="sanyan-pg-", dir="/tmp"))
    data = folder / "data"
    if prefix:
        shutil.chown(folder, SERVER_ACCOUNT)
    control = [*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    try:
        _run([*prefix, str(binaries / "initdb"), "-D", str(data), "-U", "sanyan", "-A", "trust", "-E", "UTF8",
              "--no-locale", "--no-sync"])  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} {FAST_AND_UNSAFE}"
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://sanyan@{str(folder).replace('/', '%2F')}:5432/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run a command beside a cluster."""
    try:
        with temporary_cluster() as url:
            return subprocess.run(command, env={**os.environ, "SANYAN_DATABASE_URL": url}, check=False).returncode
    except NoPostgresError as reason:
        sys.stderr.write(f"skipped: {reason}\n")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
