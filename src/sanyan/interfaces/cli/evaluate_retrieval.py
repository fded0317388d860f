"""`sanyan evaluate retrieval`: are the documents that answer a question found, and how far up?"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.retrieval_scores import score_retrieval
from sanyan.core.evaluating.tables import Omission
from sanyan.core.signed_documents import Words
from sanyan.core.text.searching import query_terms
from sanyan.core.text.whole_documents import DocumentSearch
from sanyan.engines.language.base import Embedder
from sanyan.engines.language.registry import embedder, why_without
from sanyan.interfaces.cli.evaluate_files import READABLE, json_option, tell_json, writing
from sanyan.interfaces.cli.evaluate_lines import read_lines
from sanyan.interfaces.cli.progress import progress_bar

KEPT = 100  # documents a question, in the run file
_EMBEDDED_AT_ONCE = 64
Ranking = list[tuple[str, float]]


@dataclass(frozen=True)
class _Question:
    id: str
    text: str
    relevant: frozenset[str]


@click.command()
@click.option("--documents", "documents_path", required=True, type=READABLE, help="เอกสาร / JSON Lines of id, text.")
@click.option(
    "--questions", "questions_path", required=True, type=READABLE, help="คำถาม / JSON Lines of id, text, relevant."
)
@click.option("--lexical-only", is_flag=True, help="ค้นด้วยคำอย่างเดียว / By words alone, without vectors of meaning.")
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (JSONL) / Where the rankings go.")
@json_option
def retrieval(documents_path: Path, questions_path: Path, lexical_only: bool, out: Path | None, as_json: bool) -> None:
    """ค้นเอกสารที่ตอบคำถามได้ดีเพียงใด / How well the documents that answer questions are found.

    r1 and r5 are the shares of questions with a relevant document first or among the first five; mrr10 is the mean of
    one over the rank of the first relevant document among ten. The run file has a line a question and document:
    question, rank, document, score. The result is JSON with or without --json.
    """
    began = time.perf_counter()
    documents = read_lines(documents_path, {"id": str, "text": str}, unique="id")
    texts = {row["id"]: row["text"] for row in documents.rows}
    questions, omissions = _questions(questions_path, texts)
    engine, why = _engine(lexical_only)
    index = _index(list(texts.values()), engine)
    found = _rankings(index, list(texts), questions, engine)
    if out is not None:
        _write(out, found)
    scores = score_retrieval(
        {question: [document for document, _ in ranking] for question, ranking in found.items()},
        {question.id: question.relevant for question in questions},
    )
    tell_json(
        scores.as_dict()
        | {
            "documents": len(texts),
            "passages": len(index.passages),
            "questions": scores.questions,
            "method": "fused" if engine is not None else "lexical",
            "model": engine.model_id if engine is not None else None,
            "without_vectors": {"th": why.th, "en": why.en} if why is not None else None,
            "seconds": round(time.perf_counter() - began, 2),
            "omissions": [item.as_dict() for item in (*documents.omissions, *omissions)],
        }
    )


def _questions(path: Path, documents: Collection[str]) -> tuple[list[_Question], list[Omission]]:
    """The questions that can be scored, and what was left out: a question none of whose documents is there."""
    lines = read_lines(path, {"id": str, "text": str, "relevant": list}, unique="id")
    omissions = list(lines.omissions)
    kept: list[_Question] = []
    for row in lines.rows:
        relevant = frozenset(row["relevant"]) & frozenset(documents)
        absent = sorted(set(row["relevant"]) - relevant)
        if absent:
            th, en = "เอกสารที่คำถามอ้างถึงไม่มีอยู่ในชุด", "A document that the question names is not there."
            omissions.append(Omission("relevant-absent", len(absent), th, en, f"{row['id']}: {absent[0]}"))
        if relevant:
            kept.append(_Question(row["id"], row["text"], relevant))
        else:
            th, en = "คำถามไม่มีเอกสารคำตอบในชุด จึงไม่นับ", "No document answers the question, so it is not counted."
            omissions.append(Omission("question-unanswerable", 1, th, en, row["id"]))
    if not kept:
        raise BadInputError(
            "evaluation-questions-none",
            "ไม่มีคำถามใดอ้างถึงเอกสารในชุดนี้",
            "No question names a document of this set.",
            next_th="ตรวจว่า relevant ในไฟล์คำถามเป็น id ของไฟล์เอกสาร",
            next_en="Check that relevant in the questions holds ids of the documents.",
            place=str(path),
        )
    return kept, omissions


def _engine(lexical_only: bool) -> tuple[Embedder | None, Words | None]:
    return (None, None) if lexical_only else (embedder("local"), why_without("local"))


def _index(texts: Sequence[str], engine: Embedder | None) -> DocumentSearch:
    with progress_bar() as told:
        index = DocumentSearch.of(texts, lambda done, total: told(done, total, "ตัดคำ / words"))
    if engine is None:
        return index
    vectors = np.empty((len(index.passages), engine.dimensions), np.float32)
    with progress_bar() as told:
        for start in range(0, len(vectors), _EMBEDDED_AT_ONCE):
            batch = index.passages[start : start + _EMBEDDED_AT_ONCE]
            vectors[start : start + len(batch)] = engine.passages(batch)
            told(start + len(batch), len(vectors), "ความหมาย / meaning")
    return replace(index, vectors=vectors)


def _rankings(
    index: DocumentSearch, ids: Sequence[str], questions: Sequence[_Question], engine: Embedder | None
) -> dict[str, Ranking]:
    vectors = engine.queries([question.text for question in questions]) if engine is not None else None
    found: dict[str, Ranking] = {}
    with progress_bar() as told:
        for number, question in enumerate(questions):
            asked = query_terms(question.text)
            scores = index.scores(asked, None if vectors is None else vectors[number])
            order = np.argsort(-scores, kind="stable")[:KEPT]
            usable = order if vectors is not None else order[scores[order] > 0]
            found[question.id] = [(ids[row], float(scores[row])) for row in usable]
            told(number + 1, len(questions), "คำถาม / questions")
    return found


def _write(out: Path, found: Mapping[str, Ranking]) -> None:
    with writing(out) as file:
        for question, ranking in found.items():
            for rank, (document, score) in enumerate(ranking, 1):
                line = {"question": question, "rank": rank, "document": document, "score": round(score, 6)}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
