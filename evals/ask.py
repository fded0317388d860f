"""Whether questions are understood: intent and filters of evals/ask/questions.yaml, over the shipped registry and
framework. `python -m evals.ask` prints the report; `--write` writes docs/reference/evaluation-ask.md."""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sanyan.core.asking.understanding import Understanding, understand
from sanyan.core.asking.vocabulary import Place, Province, Vocabulary, vocabulary_of
from sanyan.core.forms.framework_yaml import load_yaml
from sanyan.core.rounds import RoundKey
from sanyan.definitions import framework_file

HERE = Path(__file__).parent
QUESTIONS = HERE / "ask" / "questions.yaml"
BAR = 0.9
REPORT = HERE.parent / "docs" / "reference" / "evaluation-ask.md"
ROUNDS = tuple(RoundKey(year, month) for year in (2566, 2567, 2568) for month in (6, 9, 12))[:-1]
TOPIC_INTENTS = ("problems", "suggestions", "lessons", "models")
EXPECTED = {"intent", "about", "where", "type", "year", "month", "way", "reach", "most", "topic", "reason", "q"}


@dataclass(frozen=True)
class Asked:
    """A question, what is expected of it, what was understood, and in which parts the two differ."""

    question: str
    expected: dict[str, Any]
    told: Understanding
    wrong: tuple[str, ...]


def shipped_vocabulary(today: date) -> Vocabulary:
    """The vocabulary of the example framework and the registry that ship with the product."""
    registry = framework_file().parent.parent / "organisations"
    places = [
        Place(
            row["code"],
            kind,
            row["short_th"],
            row["name_en"],
            row.get("area_type", ""),
            tuple(row["provinces"].split("|")),
            row.get("region", ""),
        )
        for kind, name in (("area", "areas.csv"), ("region", "regions.csv"))
        for row in _rows(registry / name)
    ]
    provinces = [Province(row["code"], row["name_th"], row["name_en"]) for row in _rows(registry / "provinces.csv")]
    framework = load_yaml(framework_file().read_text("utf-8"))
    return vocabulary_of(framework, places, provinces, today=today, rounds=ROUNDS, current=ROUNDS[-1])


def asked(part: str) -> list[Asked]:
    """The questions of one part ("tuned" or "held_out"), each understood and judged."""
    held = yaml.safe_load(QUESTIONS.read_text("utf-8"))
    words = shipped_vocabulary(held["asked_on"])
    return [_judged(row, words) for row in held.get(part, [])]


def _judged(row: dict[str, Any], words: Vocabulary) -> Asked:
    unknown = set(row) - EXPECTED
    if unknown:
        raise ValueError(f"{row['q']}: {unknown}")
    told = understand(row["q"], words)
    wrong = [] if told.intent.value == row["intent"] else ["intent"]
    if row["intent"] == "unanswerable":
        wrong += [] if (told.reason or "") == row["reason"] else ["reason"]
    else:
        wrong += _differences(row, told, words)
    return Asked(row["q"], row, told, tuple(wrong))


def _differences(row: dict[str, Any], told: Understanding, words: Vocabulary) -> list[str]:
    codes = {province.name_th: f"p:{province.code}" for province in words.provinces}
    where = {*told.organisations, *told.regions, *told.zones, *(codes[name] for name in told.provinces)}
    reach = f"{told.threshold.side}{told.threshold.value:g}" if told.threshold else None
    same = {
        "where": where == set(row.get("where", [])),
        "type": told.area_type == row.get("type", ""),
        "year": told.fiscal_year == row.get("year"),
        "month": told.month == row.get("month"),
        "way": (told.way.value if told.way else None) == row.get("way"),
        "reach": reach == row.get("reach"),
        "most": told.most == row.get("most"),
        "topic": set(row.get("topic", [])) <= set(told.topic),
    }
    if "about" in row:
        same["about"] = told.subject in row["about"]
    elif row["intent"] not in TOPIC_INTENTS:
        same["about"] = told.subject == ""
    return [name for name, holds in same.items() if not holds]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def report() -> str:
    """The report in Markdown."""
    at_first = yaml.safe_load(QUESTIONS.read_text("utf-8"))["at_first_sight"]
    parts = {name: asked(name) for name in PARTS}
    every = [row for rows in parts.values() for row in rows]
    lines = [
        *_HEAD,
        "",
        "| part | questions | understood wholly at first sight | wholly now | intent right now |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {PARTS[name]} | {len(rows)} | {at_first[name]} ({at_first[name] / len(rows):.0%}) "
            f"| {_right(rows)} ({_right(rows) / len(rows):.0%}) | {_share(rows, 'intent')} |"
            for name, rows in parts.items()
        ),
        "",
        "## By intent",
        "",
        "| intent | questions | understood wholly |",
        "| --- | --- | --- |",
        *(
            f"| {intent} | {len(rows)} | {_right(rows)} |"
            for intent in sorted({row.expected["intent"] for row in every})
            if (rows := [row for row in every if row.expected["intent"] == intent])
        ),
        "",
        "## Not understood",
        "",
        *([f"- {row.question}: {', '.join(row.wrong)}" for row in every if row.wrong] or ["None now."]),
        "",
    ]
    return "\n".join(lines)


PARTS = {
    "tuned": "written first, rules made for them",
    "second": "other words, written after the first rules, tuned on since",
    "held_out": "other words again, written last, read once",
}
_HEAD = (
    "# How well questions are understood",
    "",
    "Made by `python -m evals.ask --write`; do not edit. Questions as people ask them",
    "(`evals/ask/questions.yaml`), over the shipped registry of 245 areas and the shipped example framework. A",
    "question is understood wholly where its intent and every filter are right: what it is about, places,",
    "type, fiscal year, month, way, threshold, how many, topic; one filter too many is wrong too. Of questions",
    "without an answer the reason must be right.",
    "",
    "The questions were written by the people who wrote the rules. The last part was read once before anything",
    "was changed for it, so its figure at first sight is the one to expect of new questions; questions of",
    "strangers may do worse.",
    "",
    "Numbers of answers: sentences hold no digits of their own; each number stands beside its query, round,",
    "parameters and page. `tests/apps/synthesis` asks every kind of question and holds each number to that",
    "(all of them have all four), and asks the cube again for those that come from it;",
    "`tests/interfaces/web/test_ask.py` reads the written page against them. Numbers inside quotes, reasons of",
    "signals and names are those of their own pages, to which each links.",
)


def _right(rows: list[Asked]) -> int:
    return sum(not row.wrong for row in rows)


def _share(rows: list[Asked], part: str) -> str:
    return f"{sum(part not in row.wrong for row in rows) / len(rows):.0%}"


def main() -> None:
    """Print the report, or write it; end with 1 where a part falls under the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/reference/evaluation-ask.md")
    made = report()
    if parser.parse_args().write:
        REPORT.write_text(made, "utf-8")
    else:
        print(made)
    if any(_right(rows) < BAR * len(rows) for rows in map(asked, PARTS)):
        sys.exit(1)


if __name__ == "__main__":
    main()
