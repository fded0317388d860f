from __future__ import annotations

import click
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import actions


@click.group()
def facts() -> None:
    """ชุดข้อเท็จจริงที่ใช้วิเคราะห์ / The facts that pages are worked out from."""


@facts.command()
def repair() -> None:
    """เติมรายงานที่รับรองแล้วแต่ยังไม่อยู่ในชุดข้อเท็จจริง / Append what was certified but is not there."""
    click.echo(f"เติมแล้ว {actions.repair(by=SYSTEM, now=timezone.now())} รายงาน / reports appended")


@facts.command()
def rebuild() -> None:
    """สร้างใหม่ทั้งหมดจากรายงานที่รับรองแล้ว / Make them anew from what is certified."""
    click.echo(f"สร้างใหม่ {actions.rebuild(by=SYSTEM, now=timezone.now())} ข้อเท็จจริง / facts made")
