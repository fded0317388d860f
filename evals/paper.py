"""The evaluation as a page of the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evals.dirt import FIRST_OF_ALL, FIRST_OF_KIND, NOTES, DirtFound, Spoken

if TYPE_CHECKING:
    from sanyan.core.forms.panel import PanelCounts

_HEAD = """# How well the checks find real dirt

Made by `python -m evals.panels`; do not edit. Public panels go through the same panel import as an office's file, into
frameworks of their own; the checks that ship with Sanyan then run on every round, unchanged. All findings of all rounds
are put in one order by their score. Known dirt is to stand within the first {kind} findings of its kind (check) and the
first {all} of all. Seconds are of whatever machine made this page, by the clock also of whatever else it did.

**{verdict}**
"""


@dataclass(frozen=True)
class PanelResult:
    """What an import and its checks came to.

    `import_seconds` by the clock and `processor_seconds` of the processor include reading, storing, certifying and
    checking; `round_seconds` is the processor's median for one round, without reading.
    """

    name: str
    title: str
    rounds: int
    counts: PanelCounts
    stored: int
    faults: int
    changed_by_second_import: int
    read_seconds: float
    import_seconds: float
    processor_seconds: float
    round_seconds: float
    findings: int
    by_check: Counter[str]
    top: Sequence[Spoken]
    dirt: Sequence[DirtFound]
    not_run: Counter[str]

    @property
    def per_hundred(self) -> float:
        """Findings for every 100 figures that were accepted."""
        return 100 * self.findings / max(self.counts.accepted, 1)

    @property
    def is_accounted_for(self) -> bool:
        """Whether every place for a figure was accepted or is told why not."""
        told = self.counts
        parts = told.accepted + told.blank + told.marked + told.refused + told.repeated
        return parts == told.figures and self.stored == told.accepted

    def as_dict(self) -> dict[str, object]:
        told = self.counts
        return {
            "lines": told.lines,
            "figures": told.figures,
            "accepted": told.accepted,
            "blank": told.blank,
            "marked": told.marked,
            "repeated": told.repeated,
            "refused": told.refused,
            "accounted_for": self.is_accounted_for,
            "changed_by_second_import": self.changed_by_second_import,
            "import_seconds": round(self.import_seconds, 1),
            "processor_seconds": round(self.processor_seconds, 1),
            "processor_seconds_a_round": round(self.round_seconds, 2),
            "findings": self.findings,
            "findings_per_100_values": round(self.per_hundred, 2),
            "dirt": [found.as_dict() for found in self.dirt if found.counts],
        }


def paper(results: Sequence[PanelResult]) -> str:
    """The whole page in Markdown."""
    counted = [found for result in results for found in result.dirt if found.counts]
    missed = [f"{found.dirt.indicator} {found.dirt.value:,g}" for found in counted if not found.is_reached]
    verdict = f"{len(counted) - len(missed)} of {len(counted)} pieces of known dirt stand where they should."
    verdict += f" Not reached: {', '.join(missed)}." if missed else ""
    head = _HEAD.format(kind=FIRST_OF_KIND, all=FIRST_OF_ALL, verdict=verdict)
    return "\n".join([head, *[_section(result) for result in results]])


def _section(result: PanelResult) -> str:
    parts = [f"## {result.title}", _counts(result)]
    if result.dirt:
        parts += ["### Known dirt", _dirt(result.dirt)]
    parts += [f"* {note}" for note in NOTES.get(result.name, ())]
    parts += ["### Findings by check", _table(("check", "findings"), result.by_check.most_common())]
    top = [(at, item.score, item.round, item.unit, item.reason) for at, item in enumerate(result.top, start=1)]
    parts += [
        f"### The first {len(top)} findings of all rounds",
        _table(("", "score", "round", "unit", "finding"), top),
    ]
    if result.not_run:
        rows = sorted(result.not_run.items())
        parts += ["### What could not be checked", _table(("check and reason (indicators)", "rounds"), rows)]
    return "\n\n".join(parts) + "\n"


def _counts(result: PanelResult) -> str:
    told = result.counts
    rows = [
        ("lines below the headings", told.lines),
        ("units x rounds x indicators", f"{told.units} x {result.rounds} x {told.indicators}"),
        ("places for a figure", told.figures),
        ("accepted and stored", told.accepted),
        ("blank", told.blank),
        ('marked as missing ("-", "no data")', told.marked),
        ("repeated", told.repeated),
        ("refused, each with its reason", told.refused),
        ("all accounted for", "yes" if result.is_accounted_for else "NO"),
        ("answers changed by importing the file again", result.changed_by_second_import),
        ("seconds to read", f"{result.read_seconds:.1f}"),
        ("seconds to read, store, certify and check, by the clock", f"{result.import_seconds:.1f}"),
        ("the same, of the processor", f"{result.processor_seconds:.1f}"),
        ("processor seconds for one round (median, without reading)", f"{result.round_seconds:.2f}"),
        ("findings", result.findings),
        ("findings for every 100 values", f"{result.per_hundred:.2f}"),
    ]
    return _table(("", ""), rows)


def _dirt(found: Sequence[DirtFound]) -> str:
    rows = [
        (
            f"{cell.dirt.indicator} {cell.dirt.value:,g}",
            cell.dirt.why,
            cell.unit,
            cell.round,
            cell.check or "not found",
            cell.of_kind or "",
            cell.of_all or "",
            ("yes" if cell.is_reached else "NO") if cell.counts else "",
        )
        for cell in found
    ]
    heads = ("cell", "what it is", "unit", "round", "found by", "rank of its kind", "rank of all", "threshold kept")
    return _table(heads, rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value).replace("|", "\\|")
