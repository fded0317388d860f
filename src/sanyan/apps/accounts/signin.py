"""Traces of signing in, failing to, and being locked out: told by Django's and axes' own signals."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.accounts.models import User
from sanyan.apps.audit import actions as audit
from sanyan.apps.audit.actions import Trace

UNKNOWN = "ผู้ที่ยังไม่ได้เข้าสู่ระบบ"


def connect() -> None:
    """Listen; called once when Django is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="sanyan.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="sanyan.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="sanyan.sign_in_failed")
    user_locked_out.connect(_locked, dispatch_uid="sanyan.locked_out")


def _signed_in(sender: object, request: HttpRequest | None, user: User, **_: Any) -> None:
    _record("accounts.signed_in", user, request)


def _signed_out(sender: object, request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if isinstance(user, User):
        _record("accounts.signed_out", user, request)


def _failed(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    _record("accounts.sign_in_failed", _known(credentials.get("username")), request)


def _locked(sender: object, request: HttpRequest | None, username: str | None, **_: Any) -> None:
    _record("accounts.locked_out", _known(username), request)


def _known(username: object) -> User | None:
    """The account tried. A name that no account bears is not kept: it may be a password in the wrong box."""
    return User.objects.filter(username=username).first() if isinstance(username, str) else None


def _record(action: str, user: User | None, request: HttpRequest | None) -> None:
    address = request.META.get("REMOTE_ADDR", "") if request is not None else ""
    name = (user.display_name or user.username) if user else UNKNOWN
    by = Viewer(user_id=user.pk if user else None, name=name)
    trace = Trace(action, "user", str(user.pk) if user else "-", detail={"address": address})
    with transaction.atomic():
        audit.record(by=by, trace=trace, now=timezone.now())
