"""`sanyan evaluate`: the methods on anybody's data, one command each."""

from __future__ import annotations

from sanyan.interfaces.cli.lazy import LazyGroup

CLI = "sanyan.interfaces.cli"

evaluate = LazyGroup(
    "evaluate",
    help="ลองวิธีของ Sanyan กับข้อมูลใด ๆ / Try the methods on anybody's data.",
    commands_at={
        "compare": f"{CLI}.evaluate_compare:compare",
        "duplicates": f"{CLI}.evaluate_duplicates:duplicates",
        "forecast": f"{CLI}.evaluate_forecast:forecast",
        "quality": f"{CLI}.evaluate_quality:quality",
        "quotes": f"{CLI}.evaluate_quotes:quotes",
        "repair": f"{CLI}.evaluate_repair:repair",
        "retrieval": f"{CLI}.evaluate_retrieval:retrieval",
        "topics": f"{CLI}.evaluate_topics:topics",
        "warnings": f"{CLI}.evaluate_warnings:warnings",
        "year-end": f"{CLI}.evaluate_year_end:year_end",
    },
)
