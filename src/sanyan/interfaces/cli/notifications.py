from __future__ import annotations

import dataclasses
import json

import click
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.notifications import actions


@click.group()
def notifications() -> None:
    """การแจ้งเตือน / Notifications."""


@notifications.command()
@click.option("--json", "as_json", is_flag=True)
def send(as_json: bool) -> None:
    """ส่งสรุปทางอีเมลที่ถึงเวลาแล้ว / Send the digests that are due."""
    done = actions.send_digests(by=SYSTEM, now=timezone.now())
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(done), ensure_ascii=False))
        return
    if not done.mail_is_on:
        click.echo("ยังไม่ได้เปิดใช้อีเมล จึงไม่ส่ง ขั้นต่อไป: ตั้ง SANYAN_EMAIL_URL")
        click.echo("Mail is off, nothing was sent. Next: set SANYAN_EMAIL_URL (docs/reference/settings.md)")
        return
    click.echo(f"ส่งแล้ว {done.sent} ฉบับ จะลองใหม่ {done.to_be_retried} เลิกลอง {done.given_up} ไม่มีที่อยู่ {done.held}")
    click.echo(
        f"sent {done.sent}, to be retried {done.to_be_retried}, given up {done.given_up}, no address {done.held}"
    )
    if done.unreachable:
        click.echo(f"ติดต่อเครื่องส่งอีเมลไม่ได้ จะลองใหม่ / The mail server cannot be reached: {done.unreachable}", err=True)
