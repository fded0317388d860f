"""The process of `office`: a checked file comes in on standard input, its pages go out on standard output."""

from __future__ import annotations

import contextlib
import pickle
import sys

from sanyan.engines.documents.reading.office import OfficeError, read_checked
from sanyan.engines.documents.reading.values import DocumentKind, Reading

try:
    import resource
except ImportError:  # Windows cannot limit memory this way; the limit of time still holds there
    resource = None  # type: ignore[assignment]


def main(kind: DocumentKind, memory: int) -> None:
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    outcome: Reading | None = None
    with contextlib.suppress(OfficeError):
        outcome = read_checked(sys.stdin.buffer.read(), kind)
    sys.stdout.buffer.write(pickle.dumps(outcome))


if __name__ == "__main__":
    main(DocumentKind(sys.argv[1]), int(sys.argv[2]))
