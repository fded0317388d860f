"""The process of `apart`: a workbook comes in on standard input, its outcome goes out on standard output."""

from __future__ import annotations

import contextlib
import pickle
import sys

from sanyan.engines.documents.apart import try_to_lay_out

try:
    import resource
except ImportError:  # Windows cannot limit memory this way; the limit of time still holds there
    resource = None  # type: ignore[assignment]


def main(max_cells: int, memory: int) -> None:
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    outcome = try_to_lay_out(sys.stdin.buffer.read(), max_cells=max_cells)
    sys.stdout.buffer.write(pickle.dumps(outcome))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
