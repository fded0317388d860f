from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich import progress as rich
from rich.console import Console

from sanyan.apps.jobs.actions import Progress

console = Console(stderr=True)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on the terminal, a line for each tenth where there is none."""
    if not console.is_terminal:
        yield _lines()
        return
    columns = (
        rich.TextColumn("  {task.description}"),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TimeElapsedColumn(),
    )
    with rich.Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def told(done: int, total: int, doing: str) -> None:
            bar.update(task, completed=done, total=total, description=doing)

        yield told


def _lines() -> Progress:
    reached = 0

    def told(done: int, total: int, doing: str) -> None:
        nonlocal reached
        tenth = 10 * done // total if total else 0
        if tenth > reached:
            reached = tenth
            console.print(f"  {done}/{total}  {doing}", highlight=False, markup=False)

    return told
