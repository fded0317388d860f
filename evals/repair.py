"""Clean Thai, damaged in each way that files damage it, through repair: how much of the damage goes, and what else?

    python -m evals.repair [--data FOLDER] [--half tune|report] [--page docs/reference/evaluation-text-repair.md]

FOLDER (or SANYAN_EVAL_DATA) holds `gov_education_news_200.jsonl` (news of the Thai government, in the public domain),
or a folder `texts` with it. Passages are lines of at least 60 characters, at most four of a document. Costs and rules
were tuned on every other document (`tune`); figures are told of the others (`report`). Damage is drawn from a seed.
Prints one JSON line; ends with 1 where a target is missed, with 2 where the file is not there.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.data import asker, data_file
from evals.repair_damage import CLASSES, mixed
from evals.repair_page import page

from sanyan.core.evaluating.repair_scores import RepairScores, score_repairs
from sanyan.core.thai.repair import Damage, repair

FILE = "gov_education_news_200.jsonl"
LEAST_CUT = 0.8
MOST_CLEAN_CHANGED = 0.001
SHORTEST, LONGEST, OF_A_DOCUMENT = 60, 500, 4
SEED = "2569"
# What is wrong in the source itself, whoever reads it: changing it is no harm to clean text.
WRONG_ANYWAY = frozenset({Damage.DECOMPOSED, Damage.INVISIBLE, Damage.CONTROL, Damage.PRIVATE_USE, Damage.MIXED_DIGITS})


@dataclass(frozen=True)
class CleanResult:
    """What repair did to clean text. `characters_changed` counts those of the edits; `flawed` passages held damage of
    the source that needs no dictionary to be seen, and are not among `passages`."""

    passages: int
    passages_changed: int
    characters: int
    characters_changed: int
    flawed: int
    characters_a_second: float
    changes: tuple[tuple[str, str], ...]

    @property
    def share_of_passages(self) -> float:
        return self.passages_changed / self.passages

    @property
    def share_of_characters(self) -> float:
        return self.characters_changed / self.characters


@dataclass(frozen=True)
class Result:
    """Scores by class of damage, those over all classes, and clean text."""

    by_class: dict[str, RepairScores]
    overall: RepairScores
    clean: CleanResult
    documents: int

    @property
    def missed(self) -> list[str]:
        """Targets that are not met."""
        short = [name for name, scores in self.by_class.items() if (scores.cut or 0) < LEAST_CUT]
        if (self.overall.cut or 0) < LEAST_CUT:
            short.append("overall")
        if self.clean.share_of_characters > MOST_CLEAN_CHANGED:
            short.append("clean characters")
        if self.clean.share_of_passages > MOST_CLEAN_CHANGED:
            short.append("clean passages")
        return short


def main() -> None:
    parser = asker(__doc__)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    path = data_file(FILE, asked.data) or data_file(f"texts/{FILE}", asked.data)
    if path is None:
        print(f"{FILE} is not there; name its folder with --data", file=sys.stderr)
        sys.exit(2)
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    half = texts[0 if asked.half == "tune" else 1 :: 2]
    result = evaluate(passages(half), documents=len(half))
    if asked.page:
        asked.page.write_text(page(result), encoding="utf-8")
    print(json.dumps(told(result), ensure_ascii=False))
    sys.exit(1 if result.missed else 0)


def passages(texts: Sequence[str]) -> list[str]:
    """Lines long enough to be read, each once, at most four of a text; longer ones end at a blank."""
    found: dict[str, None] = {}
    for text in texts:
        lines = [_cut(line) for line in text.split("\n") if len(line) >= SHORTEST]
        found |= dict.fromkeys([line for line in lines if line not in found][:OF_A_DOCUMENT])
    return list(found)


def evaluate(lines: Sequence[str], *, documents: int, seed: str = SEED) -> Result:
    """Damage and repair every passage in every way, and repair each as it is."""
    by_class: dict[str, RepairScores] = {}
    triples_of_all: list[tuple[str, str, str]] = []
    for name, damage in [*CLASSES.items(), ("several at once", mixed)]:
        by = random.Random(f"{seed} {name}")
        broken = [(damage(line, by), line) for line in lines]
        triples = [(bad, repair(bad).text, line) for bad, line in broken if bad != line]
        by_class[name] = score_repairs(triples)
        triples_of_all += triples
    return Result(by_class, score_repairs(triples_of_all), clean(lines), documents)


def clean(lines: Sequence[str]) -> CleanResult:
    """Repair passages as they are."""
    began = time.perf_counter()
    repaired = [repair(line) for line in lines]
    seconds = time.perf_counter() - began
    sound = [done for done in repaired if not any(edit.kind in WRONG_ANYWAY for edit in done.edits)]
    edits = [(done, edit) for done in sound for edit in done.edits]
    return CleanResult(
        passages=len(sound),
        passages_changed=sum(bool(done.edits) for done in sound),
        characters=sum(len(done.original) for done in sound),
        characters_changed=sum(
            max(edit.original.end - edit.original.start, edit.repaired.end - edit.repaired.start) for _, edit in edits
        ),
        flawed=len(repaired) - len(sound),
        characters_a_second=sum(map(len, lines)) / seconds,
        changes=tuple(
            (
                done.original[max(0, edit.original.start - 10) : edit.original.end + 10],
                done.text[max(0, edit.repaired.start - 10) : edit.repaired.end + 10],
            )
            for done, edit in edits
        ),
    )


def told(result: Result) -> dict[str, object]:
    """The figures, for JSON."""
    return {
        "documents": result.documents,
        "classes": {name: _scores(scores) for name, scores in result.by_class.items()},
        "overall": _scores(result.overall),
        "clean": {
            "passages": result.clean.passages,
            "share_of_passages_changed": round(result.clean.share_of_passages, 5),
            "share_of_characters_changed": round(result.clean.share_of_characters, 6),
            "flawed_in_the_source": result.clean.flawed,
            "characters_a_second": round(result.clean.characters_a_second),
            "changes": result.clean.changes,
        },
        "missed": result.missed,
    }


def _scores(scores: RepairScores) -> dict[str, float | int | None]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    return {
        "pairs": scores.pairs,
        "cer_before": rounded(scores.cer_before),
        "cer_after": rounded(scores.cer_after),
        "cut": rounded(scores.cut),
        "worse_share": rounded(scores.worse_share),
    }


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST or " " not in line[:LONGEST] else line[: line.rindex(" ", 0, LONGEST)]


if __name__ == "__main__":
    main()
