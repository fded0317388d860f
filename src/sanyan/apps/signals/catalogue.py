"""The warning rules that ship with the product, read once."""

from __future__ import annotations

from functools import cache

from sanyan.core.signed_documents import signed_documents
from sanyan.core.warning.definitions import WarningRule, read_rule
from sanyan.definitions import documents_in


@cache
def shipped_rules() -> tuple[WarningRule, ...]:
    """Every rule in `sanyan/definitions/warnings`, by code; raise BadInputError naming a file that is not whole."""
    return signed_documents(documents_in("warnings"), read_rule)


def rule_of(code: str) -> WarningRule | None:
    """The shipped rule of a code; None for one that no longer ships."""
    return next((rule for rule in shipped_rules() if rule.code == code), None)
