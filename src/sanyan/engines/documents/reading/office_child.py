"""The process of `office`: a checked file comes in on standard input, its pages go out on standard output."""

from __future__ import annotations

import contextlib
import pickle
import sys

from sanyan.engines.documents.bounding import bound_memory
from sanyan.engines.documents.reading.office import OfficeError, read_checked
from sanyan.engines.documents.reading.values import DocumentKind, Reading


def main(kind: DocumentKind, memory: int) -> None:
    """Read the file on standard input within so many bytes of memory."""
    bound_memory(memory)
    outcome: Reading | None = None
    with contextlib.suppress(OfficeError):
        outcome = read_checked(sys.stdin.buffer.read(), kind)
    sys.stdout.buffer.write(pickle.dumps(outcome))


if __name__ == "__main__":
    main(DocumentKind(sys.argv[1]), int(sys.argv[2]))
