from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

console = Console(stderr=True)

Told = Callable[[int, int, str], None]


@contextmanager
def progress_bar() -> Iterator[Told]:
    """A bar on the terminal, a line for each tenth where there is none.

    What it yields takes how many are done, of how many, and what is being done.
    """
    if not console.is_terminal:
        yield _lines()
        return
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def told(done: int, total: int, doing: str) -> None:
            bar.update(task, completed=done, total=total, description=doing)

        yield told


def _lines() -> Told:
    reached = 0

    def told(done: int, total: int, doing: str) -> None:
        nonlocal reached
        tenth = 10 * done // total if total else 0
        if tenth > reached:
            reached = tenth
            console.print(f"  {done}/{total}  {doing}", highlight=False, markup=False)

    return told
