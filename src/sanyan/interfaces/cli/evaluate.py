"""`sanyan evaluate`: the methods on anybody's data, one command each."""

from __future__ import annotations

from sanyan.interfaces.cli.lazy import LazyGroup

CLI = "sanyan.interfaces.cli"

evaluate = LazyGroup(
    "evaluate",
    help="ลองวิธีของ Sanyan กับข้อมูลใด ๆ / Try the methods on anybody's data.",
    commands_at={
        "compare": f"{CLI}.evaluate_compare:compare",
        "forecast": f"{CLI}.evaluate_forecast:forecast",
        "quality": f"{CLI}.evaluate_quality:quality",
        "warnings": f"{CLI}.evaluate_warnings:warnings",
        "year-end": f"{CLI}.evaluate_year_end:year_end",
    },
)
