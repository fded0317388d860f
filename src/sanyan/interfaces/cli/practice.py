from __future__ import annotations

import json
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.practice import actions
from sanyan.interfaces.cli.preparing import bring_up_to_date
from sanyan.interfaces.cli.progress import progress_bar


@click.command()
@click.option("--seed", default=2568, show_default=True, help="เลขตั้งต้นของการสุ่ม / Seed.")
@click.option("--areas", type=click.IntRange(min=1), default=245, show_default=True, help="จำนวนเขต / Areas.")
@click.option(
    "--years", type=click.IntRange(min=1), default=3, show_default=True, help="จำนวนปีงบประมาณ / Fiscal years."
)
@click.option("--scale", default=1.0, show_default=True, help="ตัวคูณขนาดของทุกเขต / Multiplies every size.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="โฟลเดอร์ / Folder.")
def simulate(seed: int, areas: int, years: int, scale: float, out: Path | None) -> None:
    """เขียนไฟล์ฝึกหัดและไฟล์เฉลย ไม่บันทึกคำตอบ / Write practice workbooks and truth.json; store no answer."""
    bring_up_to_date()
    actions.prepare(by=SYSTEM, now=timezone.now())
    out = out or settings.HOME / "simulated"
    plan = actions.PracticePlan(seed=seed, areas=areas, years=years, scale=scale)
    with progress_bar() as told:
        files = actions.simulate(by=SYSTEM, plan=plan, folder=out, progress=told)
    click.echo(json.dumps({"files": files, "folder": str(out), "practice": True}, ensure_ascii=False))
