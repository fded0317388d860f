"""The criteria of selection that ship with the product, read once."""

from __future__ import annotations

from functools import cache

from sanyan.core.cases.criteria import SelectionRule, read_selection_rule
from sanyan.core.signed_documents import signed_documents
from sanyan.definitions import documents_in


@cache
def shipped_rule() -> SelectionRule:
    """The one rule in `sanyan/definitions/cases`; raise BadInputError where it is not whole."""
    (rule,) = signed_documents(documents_in("cases"), read_selection_rule)
    return rule
