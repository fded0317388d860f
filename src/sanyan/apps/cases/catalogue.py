"""The criteria of selection that ship with the product, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from sanyan.core.cases.criteria import SelectionRule, read_selection_rule


@cache
def shipped_rule() -> SelectionRule:
    """The rule in `sanyan/definitions/cases`; raise BadInputError where it is not whole."""
    path = files("sanyan.definitions") / "cases" / "selection.yaml"
    return read_selection_rule(yaml.safe_load(path.read_text(encoding="utf-8")), place=path.name)
