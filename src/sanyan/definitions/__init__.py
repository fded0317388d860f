"""Signed definitions that ship with the product, as YAML: each has an author, a checker and a next review."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

EXAMPLE_FRAMEWORK = "esao-example"


def framework_file(name: str = EXAMPLE_FRAMEWORK) -> Path:
    """Where a shipped framework lies; raise FileNotFoundError when there is none of that name."""
    path = Path(str(files(__name__))) / "frameworks" / f"{name}.yaml"
    if not path.is_file():
        raise FileNotFoundError(path)
    return path
