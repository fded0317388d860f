"""The panels that methods are tried on: which they are, and where they lie."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import yaml

from sanyan.core.evaluating.specs import PanelSpec, read_panel_spec
from sanyan.core.forms.sheets import Sheet
from sanyan.engines.documents.delimited import read_delimited

DEVELOPMENT = (
    "mi_districts",
    "mi_schools",
    "tx_turnover_2013_2018",
    "th_provinces_to_2559",
    "th_dengue_annual_1999_2009",
)


def asker(about: str | None) -> argparse.ArgumentParser:
    """The command line of an evaluation: what it is about, and `--data`."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("SANYAN_EVAL_DATA", ""))
    return parser


def data_file(name: str, folder: str) -> Path | None:
    """A file in a folder or in its folder `panels`; None where it is in neither, or no folder was named."""
    places = (Path(folder) / name, Path(folder) / "panels" / name) if folder else ()
    return next((path for path in places if path.is_file()), None)


def panel(name: str, folder: str) -> tuple[Sheet, PanelSpec] | None:
    """A panel's table and its specification, from `specs` beside it; None where one of them is not there."""
    path = data_file(f"{name}.csv", folder)
    spec = path.parent / "specs" / f"{name}.yaml" if path else None
    if path is None or spec is None or not spec.is_file():
        return None
    document = yaml.safe_load(spec.read_text(encoding="utf-8"))
    return read_delimited(path.read_bytes(), file_name=path.name), read_panel_spec(document, place=spec.name)
