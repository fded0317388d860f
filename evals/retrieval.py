"""How well Thai questions find the texts that answer them: by words, by meaning, and by both.

    python -m evals.retrieval [--data FOLDER]

FOLDER (or SANYAN_EVAL_DATA) holds `gov_education_news_200.jsonl` (JSON Lines of url, title, text), or a folder `texts`
with it. Three sets of questions over its texts without their titles: questions written by hand in words of their own
(`evals/retrieval_questions.jsonl`), the titles, and words of two clauses with half of them dropped and their order
turned. Vectors are kept beside the data's name in the temporary folder, so a second run is quick. Writes the page
docs/reference/evaluation-retrieval.md and prints a JSON line.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from evals.data import asker, data_file

from sanyan.core.evaluating.retrieval_scores import RetrievalScores, score_retrieval
from sanyan.core.text.dense import Scores, Vectors
from sanyan.core.text.fusing import DENSE_WEIGHT, fuse
from sanyan.core.text.searching import query_terms
from sanyan.core.text.whole_documents import MOST, DocumentSearch
from sanyan.core.thai.words import segment
from sanyan.engines.language.base import Embedder
from sanyan.engines.language.registry import embedder
from sanyan.interfaces.cli.evaluate_lines import read_lines

FILE = "gov_education_news_200.jsonl"
QUESTIONS = Path(__file__).with_name("retrieval_questions.jsonl")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "evaluation-retrieval.md"
WEIGHTS = (0.4, 0.5, 0.6, 0.7, 0.8)
_KEPT_WORDS, _SHORTEST_CLAUSE, SEED = 0.45, 25, 3
_HEAD = """# How well Thai questions find the texts that answer them

Made by `python -m evals.retrieval`; do not edit. {documents} news texts of Thai government offices on education,
without their titles, as {passages} passages of at most {most} characters. A document's score by words is that of the
whole document and of its best passage; by meaning, its nearest passage ({model}).
Both are put in standard deviations and added; Sanyan weighs meaning {weight}.

R@1, R@5: a text that answers is first, or among five. MRR@10: the mean of one over its rank. Questions by hand avoid
the words of the text on purpose. Some texts nearly repeat one another, so a title may find the other one first. Half
remembered are words of two clauses, half of them dropped and their order turned: they have little meaning, and show
what meaning costs where it tells nothing. The constants were chosen on these questions; others may differ."""


@dataclass(frozen=True)
class Asked:
    """A set of questions: their texts, and the rows of the documents that answer each."""

    name: str
    texts: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


def text_file(name: str, folder: str) -> Path | None:
    """A file of texts in a folder or in its folder `texts`; None where it is in neither."""
    return data_file(name, folder) or data_file(name, str(Path(folder) / "texts") if folder else "")


def without_title(text: str, title: str) -> str:
    """A news text without the lines that repeat its title, or only ask to print."""
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line not in (title.strip(), "พิมพ์"))


def blurred(text: str, chance: random.Random) -> str:
    """Words of two clauses of a text, half of them dropped, their order turned: what one half remembers."""
    clauses = [clause for clause in text.split() if len(clause) >= _SHORTEST_CLAUSE] or [text]
    chosen = " ".join(chance.sample(clauses, min(2, len(clauses))))
    words = [word for word in segment(chosen) if word.strip() and chance.random() < _KEPT_WORDS]
    half = len(words) // 2
    return " ".join(words[half:] + words[:half]) or chosen


def asked_sets(rows: Sequence[Mapping[str, str]], texts: Sequence[str]) -> list[Asked]:
    """The three sets of questions."""
    place = {row["url"]: number for number, row in enumerate(rows)}
    by_hand = read_lines(QUESTIONS, {"text": str, "relevant": list}).rows
    chance = random.Random(SEED)
    itself = tuple(frozenset([number]) for number in range(len(rows)))
    return [
        Asked(
            "by hand",
            tuple(row["text"] for row in by_hand),
            tuple(frozenset(place[url] for url in row["relevant"] if url in place) for row in by_hand),
        ),
        Asked("titles", tuple(row["title"] for row in rows), itself),
        Asked("half remembered", tuple(blurred(text, chance) for text in texts), itself),
    ]


def scored(scores: Sequence[Scores], asked: Asked) -> RetrievalScores:
    """How well the rows that answer stand, given one score a document for each question."""
    found = {str(n): [str(row) for row in np.argsort(-one, kind="stable")[:100]] for n, one in enumerate(scores)}
    return score_retrieval(found, {str(n): set(map(str, rows)) for n, rows in enumerate(asked.relevant)})


def measured(index: DocumentSearch, asked: Asked, engine: Embedder | None) -> dict[str, RetrievalScores]:
    """Scores by method, the weights of fusing among them."""
    words = [index.words(query_terms(text)) for text in asked.texts]
    told = {"words": scored(words, asked)}
    if engine is None:
        return told
    vectors = _kept_vectors(asked.texts, engine, is_query=True)
    meaning = [index.meaning(vector) for vector in vectors]
    told["meaning"] = scored(meaning, asked)
    for weight in WEIGHTS:
        fused = [fuse(one, other, weight) for one, other in zip(words, meaning, strict=True)]
        told[f"both, {weight:g} meaning"] = scored(fused, asked)
    return told


def page(told: Mapping[str, Mapping[str, RetrievalScores]], documents: int, passages: int, model: str) -> str:
    """The page of figures."""
    lines = [
        _HEAD.format(
            documents=documents, most=f"{MOST:,}", passages=f"{passages:,}", model=model, weight=f"{DENSE_WEIGHT:g}"
        )
    ]
    for name, methods in told.items():
        count = next(iter(methods.values())).questions
        lines += [
            "",
            f"## Questions: {name} ({count})",
            "",
            "| found by | R@1 | R@5 | MRR@10 |",
            "| --- | --- | --- | --- |",
        ]
        lines += [f"| {method} | {one.r1:.3f} | {one.r5:.3f} | {one.mrr10:.3f} |" for method, one in methods.items()]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, write the page, tell the figures."""
    options = asker(__doc__).parse_args()
    path = text_file(FILE, options.data)
    if path is None:
        print(f"{FILE} is not there; name its folder with --data or SANYAN_EVAL_DATA", file=sys.stderr)
        return 2
    rows = read_lines(path, {"url": str, "title": str, "text": str}).rows
    texts = [without_title(row["text"], row["title"]) for row in rows]
    engine = embedder("local")
    index = DocumentSearch.of(texts)
    if engine is not None:
        index = replace(index, vectors=_kept_vectors(index.passages, engine))
    told = {asked.name: measured(index, asked, engine) for asked in asked_sets(rows, texts)}
    PAGE.write_text(
        page(told, len(texts), len(index.passages), engine.model_id if engine is not None else "no embedder here"),
        encoding="utf-8",
    )
    print(json.dumps({name: {key: one.as_dict() for key, one in methods.items()} for name, methods in told.items()}))
    return 0


def _kept_vectors(texts: Sequence[str], engine: Embedder, *, is_query: bool = False) -> Vectors:
    """Vectors of texts, from the temporary folder where they were made before."""
    held = hashlib.sha256("\0".join([engine.model_id, str(is_query), *texts]).encode()).hexdigest()
    path = Path(tempfile.gettempdir()) / f"sanyan-vectors-{held[:24]}.npy"
    if path.is_file():
        kept: Vectors = np.load(path)
        return kept
    made = engine.queries(texts) if is_query else engine.passages(texts)
    np.save(path, made)
    return made


if __name__ == "__main__":
    raise SystemExit(main())
