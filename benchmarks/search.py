"""How fast texts are indexed and searched: `python -m benchmarks.search [--data FOLDER] [--passages 50000]`.

FOLDER (or SANYAN_EVAL_DATA) holds `gov_education_news_13k.jsonl.gz` (JSON Lines of text), or a folder `texts` with it.
Indexed are its documents by their words: cut into words, then put into the index. Searched are passages of them, by
words and by meaning, with the questions of `evals/retrieval_questions.jsonl`; the time of a search holds the question's
own vector. The passages' vectors are random ones of length 1: what a search costs does not hang on what they say, and
making so many true ones takes hours. Prints one JSON line; the aims are 3 minutes to index and 200 ms for 95 of 100
searches. `clock` is what passed; `processor` is what this process alone used.
"""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from evals.data import asker
from evals.retrieval import QUESTIONS, text_file

from sanyan.core.text.lexical import LexicalIndex
from sanyan.core.text.passages import split_passages
from sanyan.core.text.searching import SearchIndex, query_terms
from sanyan.core.text.word_parts import word_parts
from sanyan.core.thai.words import terms
from sanyan.engines.language.registry import embedder
from sanyan.interfaces.cli.evaluate_lines import read_lines

T = TypeVar("T")
FILE = "gov_education_news_13k.jsonl.gz"
AIM_INDEX, AIM_P95 = 180.0, 200.0
ADDED, DIMENSIONS, REPEATS = 100, 384, 3


def main() -> None:
    parser = asker(__doc__)
    parser.add_argument("--passages", type=int, default=50_000)
    options = parser.parse_args()
    path = text_file(FILE, options.data)
    if path is None:
        raise SystemExit(f"{FILE} is not there; name its folder with --data or SANYAN_EVAL_DATA")
    texts = [row["text"] for row in read_lines(path, {"text": str}).rows]
    told = indexing(texts)
    told["search"] = searching(texts, options.passages, path_of_questions=QUESTIONS)
    told["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(told | {"aim": {"index_seconds": AIM_INDEX, "p95_ms": AIM_P95}}))


def indexing(texts: Sequence[str]) -> dict[str, object]:
    """Seconds to cut all texts into words and to index them, and the milliseconds that a hundred more take."""
    cut, cutting = _timed(lambda: [terms(text) for text in texts])
    index, putting = _timed(lambda: LexicalIndex.of(cut, parts_of=word_parts))
    _, adding = _timed(lambda: index.extended(cut[:ADDED]))
    return {
        "documents": len(texts),
        "characters": sum(map(len, texts)),
        "cut_seconds": cutting,
        "index_seconds": putting,
        "share_of_aim": round((cutting["clock"] + putting["clock"]) / AIM_INDEX, 3),
        "hundred_more_ms": round(1000 * adding["clock"], 1),
    }


def searching(texts: Sequence[str], most: int, *, path_of_questions: Path) -> dict[str, object]:
    """Milliseconds of a search over `most` passages."""
    passages = list(islice((item.text for text in texts for item in split_passages(text)), most))
    vectors = np.random.default_rng(1).standard_normal((len(passages), DIMENSIONS), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = SearchIndex.of(range(len(passages)), [terms(text) for text in passages], vectors)
    engine = embedder("local")
    questions = [row["text"] for row in read_lines(path_of_questions, {"text": str}).rows] * REPEATS

    def fused(question: str) -> object:
        vector = engine.queries([question])[0] if engine is not None else vectors[0]
        return index.search(query_terms(question), vector)

    return {
        "passages": len(passages),
        "index_mb": round(index.lexical.nbytes / 2**20, 1),
        "vectors_mb": round(vectors.nbytes / 2**20, 1),
        "vectors": "random, of length 1",
        "question_vector": "true" if engine is not None else "none: no embedder here",
        "by_words_ms": _spread(lambda question: index.search(query_terms(question)), questions),
        "by_words_and_meaning_ms": _spread(fused, questions),
    }


def _timed(run: Callable[[], T]) -> tuple[T, dict[str, float]]:
    clock, processor = time.perf_counter(), time.process_time()
    made = run()
    return made, {
        "clock": round(time.perf_counter() - clock, 3),
        "processor": round(time.process_time() - processor, 3),
    }


def _spread(ask: Callable[[str], object], questions: Sequence[str]) -> dict[str, float]:
    ask(questions[0])
    taken: list[tuple[float, float]] = []
    for question in questions:
        began = time.perf_counter(), time.process_time()
        ask(question)
        taken.append((1000 * (time.perf_counter() - began[0]), 1000 * (time.process_time() - began[1])))
    clock, processor = (sorted(item[side] for item in taken) for side in (0, 1))
    p95, p95_processor = (statistics.quantiles(side, n=20)[-1] for side in (clock, processor))
    return {
        "median": round(statistics.median(clock), 1),
        "p95": round(p95, 1),
        "p95_share_of_aim": round(p95 / AIM_P95, 3),
        "processor_median": round(statistics.median(processor), 1),
        "processor_p95": round(p95_processor, 1),
    }


if __name__ == "__main__":
    main()
