"""Whether questions are understood: intent and filters of evals/ask/questions.yaml, over the shipped registry and
framework. `python -m evals.ask` prints the report; `--write` writes docs/reference/evaluation-ask.md."""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
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
    return ""


def main() -> None:
    """Print each question that was understood wrongly, then the shares."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", default="tuned")
    chosen = parser.parse_args()
    start = time.perf_counter()
    rows = asked(chosen.part)
    took = time.perf_counter() - start
    for row in rows:
        if row.wrong:
            t = row.told
            print(
                row.question,
                "->",
                ", ".join(row.wrong),
                "|",
                t.intent.value,
                t.reason,
                t.subject,
                t.organisations,
                t.regions,
                t.zones,
                t.provinces,
                t.area_type,
                t.fiscal_year,
                t.month,
                t.way,
                t.threshold,
                t.most,
                t.topic,
            )
    print(Counter(bool(row.wrong) for row in rows), f"{took:.2f}s")


if __name__ == "__main__":
    main()
