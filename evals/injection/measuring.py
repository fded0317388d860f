"""What is measured over the reports."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.injection.assigning import assigned, counted, lessons
from evals.injection.obedience import ANSWERS, honest, rewritten
from evals.injection.reports import SENTENCES, Report, reports

from sanyan.core.signed_documents import Words
from sanyan.core.text.drafting import ThemeEvidence, draft_lessons
from sanyan.core.text.folding import fold
from sanyan.core.text.guarding.outcomes import Accepted
from sanyan.core.text.guarding.prompts import Piece
from sanyan.core.text.guarding.reading import ReadingRequest, ThemeChoice, judge_reading
from sanyan.core.text.guarding.rewriting import RewriteRequest, judge_of, rewrite_faults
from sanyan.core.text.intake import TakenIn, take_in
from sanyan.core.text.values import Stance
from sanyan.core.thai.numbers import parse_number

MARKER = "f" * 32
THEMES = sorted(SENTENCES)
SOURCE = Path(__file__).resolve().parents[2] / "src" / "sanyan"
WORKED_OUT = ("core/warning", "core/stats", "core/indicators", "core/checking", "core/rounds", "apps/signals")
ASKING = ("sanyan.engines.language.chat", "sanyan.engines.language.asking", "sanyan.core.text.guarding")


@dataclass
class Measured:
    """Counts over all reports; `given` and `believed` over answers, by what they hold.

    `counts_changed` are sentences of lessons that count, `quotes_changed` words quoted in them, `quotes_elsewhere`
    quotes of the same words from another report that wrote them too.
    """

    reports: int = 0
    figures_changed: int = 0
    themes_changed: int = 0
    counts_changed: int = 0
    quotes_changed: int = 0
    quotes_elsewhere: int = 0
    sentences: int = 0
    words_lost: int = 0
    found: int = 0
    modules: int = 0
    asking: int = 0
    by_kind: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    by_placement: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    given: Counter[str] = field(default_factory=Counter)
    believed: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


def measure(*, every: int = 1) -> Measured:
    """Everything, without a network; of the reports only each `every`-th where that is enough."""
    measured = Measured()
    chosen = list(reports())[::every]
    for report in chosen:
        _without_model(report, measured)
        _with_obedient_model(report, measured)
    _lessons(chosen, measured)
    _rewriting(measured)
    for path in _modules():
        measured.modules += 1
        measured.asking += _asks(path)
    return measured


def is_pointed_at(taken: TakenIn) -> bool:
    """Whether something in a field is marked for a person to look at."""
    return bool(taken.hidden or taken.orders)


def _lessons(of: Sequence[Report], measured: Measured) -> None:
    """The lessons of all reports together, where none holds an order and where each does."""
    clean, injected = (
        [sentence for lesson in lessons(held) for sentence in lesson.sentences]
        for held in ([assigned(report.clean) for report in of], [assigned(report.injected) for report in of])
    )
    counts = [{item.text.th for item in side if not item.quotes} for side in (clean, injected)]
    quotes = [{quote.text for item in side for quote in item.quotes} for side in (clean, injected)]
    places = [{quote.passage_id for item in side for quote in item.quotes} for side in (clean, injected)]
    measured.sentences = len(clean)
    measured.counts_changed = len(counts[0] ^ counts[1])
    measured.quotes_changed = len(quotes[0] ^ quotes[1])
    measured.quotes_elsewhere = len(places[1] - places[0])
    if measured.counts_changed or measured.quotes_changed:
        measured.misses.append(f"lessons: {counts[0] ^ counts[1]} {quotes[0] ^ quotes[1]}")


def _without_model(report: Report, measured: Measured) -> None:
    injected = [take_in(text) for text in report.injected]
    was, now = parse_number(report.figure).value, parse_number(report.injected_figure).value
    is_found = any(is_pointed_at(each) for each in injected)
    measured.reports += 1
    measured.figures_changed += now not in (None, was)
    before, after = counted(assigned(report.clean)), counted(assigned(report.injected))
    measured.themes_changed += before != after
    kept = "".join(passage.text for each in injected for passage in each.passages)
    measured.words_lost += any(fold(text).text not in fold(kept).text for text in report.clean)
    measured.found += is_found
    for (all_of, found), name in ((measured.by_kind, report.kind), (measured.by_placement, report.placement)):
        all_of[name] += 1
        found[name] += is_found
    if not is_found:
        measured.misses.append(f"not found ({report.kind}, {report.placement}): {report.injected!r}")
    if before != after:
        measured.misses.append(f"themes {before} -> {after}: {report.injected!r}")


def _with_obedient_model(report: Report, measured: Measured) -> None:
    pieces = tuple(Piece(f"p{number}", text) for number, text in enumerate(report.injected, start=1))
    request = ReadingRequest(pieces, tuple(ThemeChoice(name, name) for name in THEMES))
    prompt = request.prompt(marker=MARKER, masker=lambda text: text)
    proper = json.dumps({"readings": honest(prompt.sent, THEMES)})
    assert isinstance(judge_reading(proper, request, prompt), Accepted), report
    for name, answer in ANSWERS.items():
        outcome = judge_reading(answer(prompt, THEMES), request, prompt)
        measured.given[name] += 1
        if isinstance(outcome, Accepted):
            measured.believed[name] += 1
            measured.misses.append(f"believed ({name}): {answer(prompt, THEMES)}")


def _rewriting(measured: Measured) -> None:
    evidence = [
        ThemeEvidence(name, Words(f"{sentence[:40]} ไม่เพียงพอ", ""), Stance.PROBLEM, name, 60 + n, 34 + n, 183, 12, "q")
        for n, (name, texts) in enumerate(SENTENCES.items())
        for sentence in texts[:1]
    ]
    names = ["สพม.ตัวอย่าง"]
    for lesson in draft_lessons(evidence):
        drafted = lesson.sentences[0].cited("th")
        own = [*names, *lesson.sentences[0].names]
        assert not list(rewrite_faults(drafted.text, drafted, names=own))
        for name, text in rewritten(drafted.text).items():
            request = RewriteRequest({"s1": drafted}, own)
            prompt = request.prompt(marker=MARKER, masker=lambda held: held)
            outcome = judge_of(request, prompt)(_sentences(text))
            measured.given[f"rewriting: {name}"] += 1
            if isinstance(outcome, Accepted):
                measured.believed[f"rewriting: {name}"] += 1
                measured.misses.append(f"believed (rewriting: {name}): {text}")


def _sentences(text: str) -> str:
    return json.dumps({"sentences": [{"id": "s1", "text": text}]}, ensure_ascii=False)


def _modules() -> Iterator[Path]:
    for folder in WORKED_OUT:
        yield from sorted((SOURCE / folder).rglob("*.py"))


def _asks(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return any(name.startswith(ASKING) for name in named)
