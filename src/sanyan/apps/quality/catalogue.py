"""The checks that ship with the product, read once."""

from __future__ import annotations

from functools import cache

from sanyan.core.checking.definitions import CheckDefinition, read_definition
from sanyan.core.signed_documents import signed_documents
from sanyan.definitions import documents_in


@cache
def shipped_checks() -> tuple[CheckDefinition, ...]:
    """Every definition in `sanyan/definitions/checks`, by code; raise BadInputError naming a file that is not whole."""
    return signed_documents(documents_in("checks"), read_definition)
