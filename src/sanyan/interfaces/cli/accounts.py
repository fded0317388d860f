from __future__ import annotations

import dataclasses
import json
import secrets

import click
from django.utils import timezone

from sanyan.apps.accounts import actions, queries
from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.accounts.actions import GrantSpec

ROLES = click.Choice(sorted(str(role) for role in queries.ROLE_NAMES))  # plain text: click shows an enum by its name


@click.group()
def accounts() -> None:
    """บัญชีผู้ใช้และสิทธิ์ / Accounts and roles."""


@accounts.command()
@click.argument("username")
@click.option("--name", "display_name", required=True, help="ชื่อที่แสดง / Name shown")
@click.option("--role", type=ROLES, required=True)
@click.option("--organisation", "code", help="รหัสหน่วยงาน เช่น 4001 / Organisation code")
@click.option("--password", help="หากไม่ระบุ ระบบจะตั้งให้และแสดงครั้งเดียว / Made and shown once when left out")
def create(username: str, display_name: str, role: str, code: str | None, password: str | None) -> None:
    """เพิ่มบัญชี / Make an account."""
    chosen = password or secrets.token_urlsafe(12)
    actions.create_user(
        by=SYSTEM,
        username=username,
        display_name=display_name,
        password=chosen,
        grants=[GrantSpec(role, _organisation_id(code))],
        now=timezone.now(),
    )
    click.echo(f"เพิ่มบัญชี {username} แล้ว / Account made")
    if password is None:
        click.echo(f"รหัสผ่าน / Password: {chosen}")


@accounts.command(name="list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:
    """แสดงบัญชีทั้งหมด / Show all accounts."""
    people = queries.users(viewer=SYSTEM, on=timezone.localdate())
    if as_json:
        rows = [dataclasses.asdict(person) for person in people]
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for person in people:
        roles = ", ".join(f"{grant.role_th} {grant.organisation_th}".strip() for grant in person.grants)
        click.echo(f"{person.username:<20} {person.display_name}: {roles or '-'}")
    if not people:
        click.echo("ยังไม่มีบัญชี / No accounts yet")


@accounts.command()
@click.argument("username")
@click.argument("role", type=ROLES)
@click.option("--organisation", "code", help="รหัสหน่วยงาน เช่น 4001 / Organisation code")
def grant(username: str, role: str, code: str | None) -> None:
    """ให้สิทธิ์ / Give a role."""
    actions.grant_role(
        by=SYSTEM,
        username=username,
        role=role,
        organisation_id=_organisation_id(code),
        now=timezone.now(),
    )
    click.echo(f"ให้สิทธิ์ {queries.ROLE_NAMES[role][0]} แก่ {username} แล้ว / Role given")


@accounts.command()
@click.argument("username")
@click.argument("address")
def email(username: str, address: str) -> None:
    """กำหนดที่อยู่อีเมลของบัญชี / Say where mail to an account goes; "" for nowhere."""
    actions.set_email(by=SYSTEM, username=username, email=address, now=timezone.now())
    click.echo(f"บันทึกที่อยู่อีเมลของ {username} แล้ว / Address kept")


@accounts.command()
@click.option("--json", "as_json", is_flag=True)
def demo(as_json: bool) -> None:
    """สร้างบัญชีทดลองใช้ บทบาทละหนึ่ง / Make one practice account a role."""
    made = actions.make_demo_accounts(by=SYSTEM, now=timezone.now())
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(account) for account in made], ensure_ascii=False))
        return
    for account in made:
        click.echo(f"{account.username:<16} {account.password:<16} {account.display_name}")


def _organisation_id(code: str | None) -> int | None:
    if code is None:
        return None
    return queries.organisation(viewer=SYSTEM, code=code, on=timezone.localdate()).id
