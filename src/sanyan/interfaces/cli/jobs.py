from __future__ import annotations

import dataclasses
import json
from uuid import UUID

import click
from django.utils import timezone

from sanyan.apps.jobs import actions, queries


@click.group()
def jobs() -> None:
    """งานที่ใช้เวลานาน / Long runs."""


@jobs.command(name="list")
@click.option("--limit", default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def list_(limit: int, as_json: bool) -> None:
    """แสดงงานล่าสุด / Show the latest."""
    found = queries.jobs(limit=limit)
    if as_json:
        rows = [dataclasses.asdict(job) for job in found]
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for job in found:
        done = f"{job.done}/{job.total}" if job.total is not None else str(job.done)
        click.echo(f"{job.id}  {job.state:<9}  {done:>9}  {job.title}  {job.error}".rstrip())
    if not found:
        click.echo("ยังไม่มีงาน / No jobs yet")


@jobs.command()
@click.argument("job_id", type=click.UUID)
def cancel(job_id: UUID) -> None:
    """ขอให้หยุดงาน / Ask a job to stop."""
    job = actions.request_cancel(job_id=job_id, now=timezone.now())
    click.echo(f"{job.title}: " + ("หยุดแล้ว / stopped" if job.ended else "จะหยุดเมื่อจบขั้นนี้ / will stop at its next step"))


@jobs.command()
def reap() -> None:
    """คืนงานที่ค้างจากเครื่องที่หยุดกลางคันเข้าคิว / Give back the jobs of dead workers."""
    touched = actions.reap(now=timezone.now())
    click.echo(f"คืนเข้าคิวหรือปิด {len(touched)} งาน / {len(touched)} jobs given back or closed")
