"""Writes the specs out as the reference of the cube query: `python -m tests.spec.render` from the root."""

from __future__ import annotations

from pathlib import Path

from tests.spec.cube_language import PLAIN, CubeSpec, Removal, rows_of
from tests.spec.cube_specs import CHAPTERS

from sanyan.engines.stores.base import CubeQuery

PATH = Path(__file__).parents[2] / "docs" / "reference" / "cube-queries.md"

_OPENING = """# What a cube query answers

Made from `tests/spec` by `python -m tests.spec.render`; do not edit. Every fact store engine (memory, DuckDB,
PostgreSQL) is run on each of these: facts in, one question, the answer out.

Columns that a table of facts leaves out are the same in every row: {plain}. Each row is a source of its own
(one submission) unless it names one. An empty cell is a missing value, never zero.
"""


def rendered() -> str:
    """The whole reference as Markdown."""
    plain = ", ".join(f"{name} {value}" for name, value in PLAIN.items() if value not in (None, "", False))
    parts = [_OPENING.format(plain=plain)]
    for chapter, specs in CHAPTERS.items():
        parts += [f"## {chapter}\n", *(_spec(spec) for spec in specs)]
    return "\n".join(parts)


def _spec(spec: CubeSpec) -> str:
    parts = [f"### {spec.title}\n", f"{spec.why}\n"]
    for place, step in enumerate(spec.steps):
        if isinstance(step, Removal):
            parts.append(f"Then these sources are removed: {', '.join(step.sources)}.\n")
        else:
            parts += ["Facts:\n" if place == 0 else "Then these facts:\n", _markdown(step)]
    if not spec.steps:
        parts.append("Facts: none.\n")
    parts += [f"Question: {_question(spec.question)}.\n", "Answer:\n", _markdown(spec.answer)]
    return "\n".join(parts)


def _question(question: CubeQuery) -> str:
    text = ", ".join(f"`{measure.value}`" for measure in question.measures)
    if question.dimensions:
        text += " by " + ", ".join(f"`{name}`" for name in question.dimensions)
    for name, values in question.filters:
        listed = ", ".join(str(value) for value in values) or "nothing"
        text += f"; where `{name}` is among: {listed}"
    if question.compare_years:
        years = "1 year" if question.compare_years == 1 else f"{question.compare_years} years"
        text += f"; compared with {years} earlier"
    return text


def _markdown(table: str) -> str:
    rows = rows_of(table)
    names = list(rows[0]) if rows else [cell.strip() for cell in table.strip().split("|")]
    lines = [names, ["---"] * len(names), *(list(row.values()) for row in rows)]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return text + ("\n" if rows else "\n\n(no rows)\n")


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(rendered(), encoding="utf-8")
