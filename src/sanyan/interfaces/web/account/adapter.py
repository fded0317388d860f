from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, so the sign-up page stays shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
