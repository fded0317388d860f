from __future__ import annotations

import click

from sanyan.interfaces.worker.loop import run_worker


@click.command()
def worker() -> None:
    """ทำงานที่รออยู่ในคิว / Run queued jobs until told to stop."""
    run_worker()
