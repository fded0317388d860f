"""Bounds that a process sets itself before it reads what a stranger sent."""

from __future__ import annotations

import contextlib

try:
    import resource
except ImportError:  # Windows cannot limit memory this way; the limit of time still holds there
    resource = None  # type: ignore[assignment]


def bound_memory(memory: int) -> None:
    """Let this process take no more than so many bytes of memory, and leave no core; nothing where it cannot be."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
