"""Runs a program of another hand on a file of a stranger: no shell, limits of time, memory and output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_OUTPUT = 512 * 1024 * 1024
_CORE_LIMITS = """
import os, resource, sys
memory, seconds, output = (int(each) for each in sys.argv[1:4])
for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, output),
                    (resource.RLIMIT_CORE, 0)):
    try:
        resource.setrlimit(limit, (most, most))
    except (ValueError, OSError):
        pass
os.execv(sys.argv[4], sys.argv[4:])
"""


class ProgramMissingError(Exception):
    """The program is not installed."""

    def __init__(self, program: str) -> None:
        super().__init__(program)
        self.program = program


class ProgramFailedError(Exception):
    """The program ended with an error; `too_slow` where it was ended for taking too long."""

    def __init__(self, program: str, message: str, *, too_slow: bool = False) -> None:
        super().__init__(f"{program}: {message}")
        self.message = message
        self.too_slow = too_slow


@dataclass(frozen=True)
class Bounds:
    """Seconds and bytes of memory that one run may take."""

    seconds: float
    memory: int


def run(program: str, arguments: Sequence[str], *, folder: Path, bounds: Bounds) -> bytes:
    """What `program` writes on its standard output, run in `folder`.

    Raises ProgramMissingError, or ProgramFailedError for one that fails or passes its bounds. Where the system
    knows no limits of memory, that of time still holds.
    """
    path = shutil.which(program)
    if path is None:
        raise ProgramMissingError(program)
    try:
        done = subprocess.run(  # noqa: S603 - a path found by us, arguments of our own making, no shell
            [*_limits(bounds), path, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=bounds.seconds,
            cwd=folder,
            env=_environment(folder),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ProgramFailedError(program, "too slow", too_slow=True) from error
    if done.returncode != 0:
        raise ProgramFailedError(program, done.stderr[-2000:].decode("utf-8", "replace"))
    return done.stdout


def _limits(bounds: Bounds) -> list[str]:
    if os.name != "posix":
        return []
    numbers = (bounds.memory, int(bounds.seconds) + 1, _OUTPUT)
    return [sys.executable, "-I", "-S", "-c", _CORE_LIMITS, *map(str, numbers)]


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT") if name in os.environ}
    return kept | {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
