"""Signed definitions that ship with the product, as YAML: each has an author, a checker and a next review."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import yaml

EXAMPLE_FRAMEWORK = "esao-example"


def framework_file(name: str = EXAMPLE_FRAMEWORK) -> Path:
    """Where a shipped framework lies; raise FileNotFoundError when there is none of that name."""
    path = Path(str(files(__name__))) / "frameworks" / f"{name}.yaml"
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


def documents_in(folder: str) -> Iterator[tuple[str, object]]:
    """Each shipped document of a folder, parsed, after the name of its file, in the order of names."""
    for path in sorted((files(__name__) / folder).iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            yield path.name, yaml.safe_load(path.read_text(encoding="utf-8"))
