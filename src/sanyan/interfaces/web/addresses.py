"""Addresses that keep the round: a link shows its reader what its sender saw."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

LONGEST_ID = 18  # digits that any database holds


def address(request: HttpRequest, name: str, *args: object, **query: object) -> str:
    """The address of a page, with the round of this one and what else is asked; empty values are left out."""
    asked = {"round": request.GET.get("round", ""), **query}
    kept = urlencode([(key, value) for key, value in asked.items() if value not in ("", None)])
    return reverse(name, args=args) + (f"?{kept}" if kept else "")


def id_of(written: str) -> int | None:
    """The id that an address or a form names; None for anything else, and for a number that no database holds."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= LONGEST_ID else None


class AreaLinks:
    """The address of each area's page, made once a request."""

    def __init__(self, request: HttpRequest) -> None:
        self._start, self._end = address(request, "areas:area", 0).split("/0/")

    def __call__(self, organisation_id: int) -> str:
        return f"{self._start}/{organisation_id}/{self._end}"
