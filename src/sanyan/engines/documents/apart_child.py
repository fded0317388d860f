"""The process of `apart`: a workbook comes in on standard input, its outcome goes out on standard output."""

from __future__ import annotations

import pickle
import sys

from sanyan.engines.documents.apart import try_to_lay_out
from sanyan.engines.documents.bounding import bound_memory


def main(max_cells: int, memory: int) -> None:
    """Lay out the workbook on standard input within bounds of cells and bytes of memory."""
    bound_memory(memory)
    outcome = try_to_lay_out(sys.stdin.buffer.read(), max_cells=max_cells)
    sys.stdout.buffer.write(pickle.dumps(outcome))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
