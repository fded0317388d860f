from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest


def counted_name(request: HttpRequest | None, credentials: Mapping[str, str] | None = None) -> str:
    """The name under which failures are counted: sign-in ignores case and blanks around, so counting must too."""
    given = (credentials or {}).get("username") or (request.POST.get("login", "") if request is not None else "")
    return given.strip().lower()
