"""How an error and a fault are put on a terminal: Thai first, then English."""

from __future__ import annotations

from collections.abc import Iterable

import click

from sanyan.core.errors import Fault, SanyanError

EXIT_WITH_FAULTS = 2


def told(error: SanyanError) -> str:
    """An error with its next step, and the code for a search."""
    where = f" ({error.place})" if error.place else ""
    lines = [f"{error.th}{where}", f"ขั้นต่อไป: {error.next_th}" if error.next_th else ""]
    lines += [f"{error.en} [{error.code}]", f"Next: {error.next_en}" if error.next_en else ""]
    return "\n".join(line for line in lines if line)


def tell_faults(faults: Iterable[Fault]) -> None:
    """Each fault by its place: what is wrong, and what to do."""
    for fault in faults:
        mark = "ต้องแก้" if fault.is_error else "ควรดู"
        place = "!".join(part for part in (fault.sheet, fault.cell) if part) or fault.subject or "-"
        subject = f" {fault.subject}" if fault.subject and fault.subject != place else ""
        click.echo(f"  {mark}  {place}{subject}: {_with_step(fault.th, fault.next_th)}", err=True)
        click.echo(f"          {_with_step(fault.en, fault.next_en)}", err=True)


def _with_step(said: str, step: str) -> str:
    return f"{said} → {step}" if step else said
