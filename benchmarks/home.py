"""A home of its own for a benchmark, so that it never meets anyone's data."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def temporary_home(*, keep: str | None = None) -> Iterator[Path]:
    """Make Django ready on an empty, migrated database in a folder that goes away (or on `keep`, left as it is)."""
    with tempfile.TemporaryDirectory(prefix="sanyan-bench-") as folder:
        os.environ["SANYAN_HOME"] = keep or folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanyan.config.settings")
        import django  # noqa: PLC0415  # settings read the environment when Django starts
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        yield Path(keep or folder)
