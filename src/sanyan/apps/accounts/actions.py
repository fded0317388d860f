"""Accounts and what they may do. Only those who manage the system make accounts; anyone sets their own wishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sanyan.apps.accounts import demo, queries
from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.accounts.models import Grant, Role, User
from sanyan.apps.audit import actions as audit
from sanyan.apps.audit.actions import Trace
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError

OVER_EVERYTHING = frozenset({Role.EXECUTIVE.value, Role.ME_OFFICER.value})


@dataclass(frozen=True)
class GrantSpec:
    """A role to give, over an organisation and all below it; None for the roles over everything."""

    role: str
    organisation_id: int | None = None


def create_user(
    *,
    by: Viewer,
    username: str,
    display_name: str,
    password: str,
    grants: Iterable[GrantSpec] = (),
    position_th: str = "",
    is_demo: bool = False,
    now: datetime,
) -> queries.UserInfo:
    """Make an account with its roles; raise BadInputError for a name taken or malformed, or a weak password."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        if User.objects.filter(username=username).exists():
            raise _name_taken(username)
        user = User(
            username=username, display_name=display_name, position_th=position_th, is_demo=is_demo, language="th"
        )
        _set_password(user, password)
        try:
            user.clean_fields()
        except ValidationError as error:
            raise _malformed("account-malformed", error) from error
        user.save()
        audit.record(by=by, trace=Trace("accounts.create_user", "user", str(user.pk)), now=now)
        for grant in grants:
            _give(by, user, grant, now)
    return queries.user(viewer=by, username=username, on=_day(now))


def grant_role(*, by: Viewer, username: str, role: str, organisation_id: int | None, now: datetime) -> None:
    """Give a role from today on; raise NothingToDoError when it is held already."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        _give(by, _user(username), GrantSpec(role, organisation_id), now)


def end_grant(*, by: Viewer, grant_id: int, now: datetime) -> None:
    """Take a role away from today on; one given today is taken back altogether."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        grant = Grant.objects.filter(pk=grant_id).first()
        if grant is None:
            raise NotFoundError
        if grant.valid_to is not None and grant.valid_to <= _day(now):
            raise NothingToDoError(
                "grant-ended",
                "สิทธิ์นี้สิ้นสุดไปแล้ว",
                "This role has already ended.",
                next_th="ดูรายชื่อบัญชีอีกครั้งว่าสิทธิ์ใดยังใช้อยู่",
                next_en="See in the list of accounts which roles still hold.",
            )
        if grant.valid_from >= _day(now):
            grant.delete()
        else:
            grant.valid_to = _day(now)
            grant.save(update_fields=["valid_to"])
        audit.record(
            by=by,
            trace=Trace("accounts.end_grant", "user", str(grant.user_id), grant.organisation_id, {"role": grant.role}),
            now=now,
        )


def set_preferences(*, by: Viewer, language: str, thai_digits: bool, now: datetime) -> None:
    """Keep the viewer's own language and digits."""
    if language not in ("th", "en"):
        raise BadInputError(
            "language-unknown",
            "ระบบมีภาษาไทยและอังกฤษ",
            "Sanyan speaks Thai and English.",
            next_th="เลือกภาษาใดภาษาหนึ่ง",
            next_en="Choose one of them.",
            place=language,
        )
    with transaction.atomic():
        own = User.objects.filter(pk=by.user_id or 0)
        if not own.update(language=language, thai_digits=thai_digits):
            raise NotFoundError
        detail = {"language": language, "thai_digits": thai_digits}
        trace = Trace("accounts.set_preferences", "user", str(by.user_id), detail=detail)
        audit.record(by=by, trace=trace, now=now)


def set_email(*, by: Viewer, username: str, email: str, now: datetime) -> None:
    """Say where mail to an account goes; "" for nowhere. The trail keeps that it changed, not the address.

    Raise BadInputError for a malformed address.
    """
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        user = _user(username)
        user.email = email.strip()
        try:
            user.clean_fields(exclude={field.name for field in User._meta.fields if field.name != "email"})
        except ValidationError as error:
            raise _malformed("email-malformed", error) from error
        user.save(update_fields=["email"])
        audit.record(by=by, trace=Trace("accounts.set_email", "user", str(user.pk)), now=now)


def make_demo_accounts(*, by: Viewer, now: datetime) -> tuple[demo.DemoAccount, ...]:
    """One account a role, with passwords made on this machine and kept in SANYAN_HOME/demo_accounts.txt.

    Done again it makes what is missing and leaves the rest, passwords too.
    """
    require(viewer=by, capability=Capability.MANAGE)
    kept = {account.username: account for account in demo.read()}
    accounts = []
    with transaction.atomic():
        for plan in demo.planned(on=_day(now)):
            account = kept.get(plan.username) or plan.with_new_password()
            user = User.objects.filter(username=plan.username).first()
            if user is None:
                _make_demo_user(by, account, now)
            elif plan.username not in kept:
                _set_password(user, account.password)
                user.save(update_fields=["password"])
                trace = Trace("accounts.renew_demo_password", "user", str(user.pk))
                audit.record(by=by, trace=trace, now=now)
            accounts.append(account)
        demo.write(accounts)
    return tuple(accounts)


def _make_demo_user(by: Viewer, account: demo.DemoAccount, now: datetime) -> None:
    found = organisations.by_code(codes=[account.organisation_code], on=_day(now))
    create_user(
        by=by,
        username=account.username,
        display_name=account.display_name,
        password=account.password,
        grants=[GrantSpec(account.role, found[account.organisation_code].id if found else None)],
        is_demo=True,
        now=now,
    )


def _give(by: Viewer, user: User, spec: GrantSpec, now: datetime) -> None:
    if spec.role not in Role.values or (spec.role in OVER_EVERYTHING) != (spec.organisation_id is None):
        raise BadInputError(
            "grant-does-not-fit",
            "บทบาทนี้กับหน่วยงานที่เลือกใช้ด้วยกันไม่ได้",
            "This role does not go with that choice of organisation.",
            next_th="ผู้บริหารและ สตผ. ไม่ต้องระบุหน่วยงาน บทบาทอื่นต้องระบุหนึ่งแห่ง",
            next_en="Executives and M&E officers name no organisation; every other role names one.",
            place=spec.role,
        )
    held = user.grants.filter(role=spec.role, organisation__isnull=True, valid_to__isnull=True)
    if spec.organisation_id is not None:
        organisations.organisation(organisation_id=spec.organisation_id, on=_day(now))
        held = user.grants.filter(role=spec.role, organisation_id=spec.organisation_id, valid_to__isnull=True)
    if held.exists():
        raise NothingToDoError(
            "grant-held",
            "บัญชีนี้มีสิทธิ์นี้อยู่แล้ว",
            "The account holds this role already.",
            next_th="ไม่ต้องให้สิทธิ์อีก หรือเลือกบทบาทหรือหน่วยงานอื่น",
            next_en="Nothing to give; or choose another role or organisation.",
        )
    Grant.objects.create(user=user, role=spec.role, organisation_id=spec.organisation_id, valid_from=_day(now))
    detail = {"role": spec.role}
    trace = Trace("accounts.grant_role", "user", str(user.pk), spec.organisation_id, detail)
    audit.record(by=by, trace=trace, now=now)


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise _malformed("password-weak", error) from error
    user.set_password(password)


def _user(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFoundError(username)
    return user


def _day(now: datetime) -> date:
    return timezone.localdate(now)


def _name_taken(username: str) -> BadInputError:
    return BadInputError(
        "username-taken",
        "มีผู้ใช้ชื่อบัญชีนี้แล้ว",
        "This user name is taken.",
        next_th="เลือกชื่อบัญชีอื่น หรือเพิ่มสิทธิ์ให้บัญชีเดิม",
        next_en="Choose another name, or give the existing account the role.",
        place=username,
    )


def _malformed(code: str, error: ValidationError) -> BadInputError:
    """Django says what is wrong in the language in use; it stands in both places."""
    said = " ".join(error.messages)
    return BadInputError(
        code,
        f"ข้อมูลบัญชีหรือรหัสผ่านยังใช้ไม่ได้: {said}",
        f"The account or password cannot be used: {said}",
        next_th="แก้ตามที่แจ้งแล้วลองอีกครั้ง",
        next_en="Change what is named and try again.",
    )
