"""Copies planted among government news: are they ranked first, before forms that many share?

    python -m evals.duplicates [--data FOLDER] [--seeds N] [--full]

FOLDER (or SANYAN_EVAL_DATA) holds `gov_education_news_13k.jsonl.gz`, or a folder `texts` with it. News that share a
line of 60 letters or more with other news are set aside first, so that what is planted is what there is to find; then
a fifth of the texts are copied (some words changed, sentences swapped and left out, figures and places replaced, or
an excerpt pasted into another text), and as many texts are given parts of a common form with their own figures, which
is no copy. Told is the average precision of the ranking over all planted pairs, beside that of the likeness of 5-grams
alone. With --full the time for all 13,000 texts is told too. Ends with 1 below the bar.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from evals.data import asker
from evals.topics import COPIES, PAGE

from sanyan.core.text.duplicates import ranked_pairs

NEWS = "gov_education_news_13k.jsonl.gz"
BAR = 0.9
SEEDS = 3
TEXTS = 600
KINDS = ("words", "order", "figures", "excerpt")
PLACES = ("เชียงราย", "ขอนแก่น", "สงขลา", "นครราชสีมา", "เชียงใหม่", "อุดรธานี", "ระยอง", "ภูเก็ต")
Key = tuple[int, int]


@dataclass
class Planted:
    """Texts with copies among them: `pairs` are the true ones, by the places of the two, with how they were made."""

    texts: list[str]
    pairs: dict[Key, str] = field(default_factory=dict)


def news(folder: str) -> list[str]:
    """All news texts; none where the file is not there."""
    places = (Path(folder) / NEWS, Path(folder) / "texts" / NEWS) if folder else ()
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def unlike(texts: Sequence[str]) -> list[str]:
    """Texts that share no long line with another one."""
    lines = [{line.strip() for line in text.split("\n") if len(line.strip()) >= 60} for text in texts]
    held = Counter(line for each in lines for line in each)
    return [text for text, each in zip(texts, lines, strict=True) if all(held[line] == 1 for line in each)]


def planted(texts: Sequence[str], seed: int, count: int = TEXTS) -> Planted:
    """`count` of the texts with copies among them."""
    rng = np.random.default_rng(seed)
    drawn = [texts[place] for place in rng.choice(len(texts), min(count, len(texts)), replace=False)]
    made = Planted(list(drawn))
    order = rng.permutation(len(drawn))
    fifth = len(drawn) // 5
    for number, place in enumerate(order[:fifth].tolist()):
        kind = KINDS[number % len(KINDS)]
        if kind == "excerpt":
            host = int(order[fifth + number])
            made.texts[host] = _with_excerpt(drawn[place], drawn[host], rng)
            made.pairs[min(place, host), max(place, host)] = kind
        else:
            made.pairs[place, len(made.texts)] = kind
            made.texts.append(_CHANGED[kind](drawn[place], rng))
    for place in order[2 * fifth : 3 * fifth].tolist():
        made.texts[place] = _form(rng) + made.texts[place]
    return made


def average_precision(ranked: Sequence[Key], true: set[Key]) -> float:
    """Mean over the true pairs of the precision where each stands; one that is not ranked counts 0."""
    hits, total = 0, 0.0
    for place, pair in enumerate(ranked, 1):
        if pair in true:
            hits += 1
            total += hits / place
    return total / len(true) if true else 0.0


def scores(made: Planted) -> dict[str, float]:
    """Average precision of the ranking, of likeness alone on the same pairs, and how much of each kind was found."""
    pairs = ranked_pairs(made.texts)
    true = set(made.pairs)
    keys = [(pair.one, pair.other) for pair in pairs]
    plain = [(pair.one, pair.other) for pair in sorted(pairs, key=lambda pair: (-pair.jaccard, pair.one, pair.other))]
    found = set(keys[: len(true)])
    parts = {kind: float(np.mean([pair in found for pair, how in made.pairs.items() if how == kind])) for kind in KINDS}
    return {"ap": average_precision(keys, true), "likeness alone": average_precision(plain, true), **parts}


def _write(each: Sequence[dict[str, float]], seconds: float | None, count: int) -> None:
    """Put the figures at the end of the page, in place of those that stood there."""
    before = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    lines = [
        COPIES,
        "",
        f"Copies planted among {TEXTS} government news, {len(each)} draws: words changed, sentences in another order,",
        "figures and places replaced, excerpts of 200 to 600 letters pasted into another text; beside them a form that",
        "a fifth of the texts fill in. The last four rows tell how many of each sort stand among the first pairs,",
        "as many as were planted; what stands there in their place are news that quote the same people.",
        "",
        "| | mean | least | most |",
        "| --- | --- | --- | --- |",
    ]
    for name in each[0]:
        values = [row[name] for row in each]
        title = {"ap": "average precision", "likeness alone": "the same by likeness of 5-grams alone"}.get(name, name)
        lines.append(f"| {title} | {np.mean(values):.3f} | {min(values):.3f} | {max(values):.3f} |")
    if seconds is not None:
        lines += ["", f"All {count:,} texts are ranked in {seconds:.0f} s of one processor."]
    PAGE.write_text(before.split(COPIES, maxsplit=1)[0] + "\n".join(lines) + "\n", encoding="utf-8")


def _words_changed(text: str, rng: np.random.Generator) -> str:
    """A tenth of the blank-separated phrases give way to phrases from elsewhere in the text, or are left out."""
    phrases = text.split(" ")
    for place in np.flatnonzero(rng.random(len(phrases)) < 0.1).tolist():
        phrases[place] = phrases[int(rng.integers(len(phrases)))][:30] if rng.random() < 0.5 else ""
    cut = int(rng.integers(5, 12))
    return "".join(part for number, part in enumerate(_chunks(" ".join(phrases), 90)) if number % cut)


def _order_changed(text: str, rng: np.random.Generator) -> str:
    parts = [part for part in text.replace("\n", " ").split(" ") if part]
    groups = [" ".join(parts[start : start + 4]) for start in range(0, len(parts), 4)]
    kept = [group for group in groups if rng.random() > 0.15]
    return " ".join(kept[int(place)] for place in rng.permutation(len(kept)))


def _figures_changed(text: str, rng: np.random.Generator) -> str:
    made = "".join(str(rng.integers(10)) if letter.isdigit() else letter for letter in text)
    for place in PLACES:
        made = made.replace(place, str(rng.choice(PLACES)))
    return made.replace("โรงเรียน", "สถานศึกษา").replace("นักเรียน", "ผู้เรียน")


def _with_excerpt(source: str, host: str, rng: np.random.Generator) -> str:
    length = int(rng.integers(200, 600))
    start = int(rng.integers(max(1, len(source) - length)))
    into = int(rng.integers(max(1, len(host))))
    return host[:into] + " " + source[start : start + length] + " " + host[into:]


def _form(rng: np.random.Generator) -> str:
    """The head of a form that every area fills in: the same words, other figures."""
    figures = [int(rng.integers(10, 900)) for _ in range(6)]
    return (
        f"แบบรายงานผลการติดตามและประเมินผลการบริหารจัดการการศึกษาขั้นพื้นฐาน ปีงบประมาณ พ.ศ. 2568 "
        f"สำนักงานเขตพื้นที่การศึกษา{rng.choice(PLACES)} เขต {figures[0] % 4 + 1} มีโรงเรียนในสังกัด {figures[1]} แห่ง "
        f"นักเรียน {figures[2] * 90} คน ครูและบุคลากร {figures[3] * 7} คน ได้ดำเนินการตามตัวชี้วัดครบถ้วนทุกข้อ "
        f"โดยจัดประชุมชี้แจงผู้บริหารสถานศึกษา {figures[4] % 9 + 1} ครั้ง และนิเทศติดตามโรงเรียนร้อยละ {figures[5] % 100} "
        f"ผลการดำเนินงานเป็นไปตามเป้าหมายที่กำหนดไว้ในแผนปฏิบัติการประจำปี และได้รายงานผู้บังคับบัญชาทราบแล้ว\n"
    )


def _chunks(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


_CHANGED = {"words": _words_changed, "order": _order_changed, "figures": _figures_changed}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 below the bar."""
    parser = asker(__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--full", action="store_true")
    asked = parser.parse_args(arguments)
    texts = news(asked.data)
    if not texts:
        print(f"{NEWS} is not there: name its folder with --data or SANYAN_EVAL_DATA", file=sys.stderr)
        return 2
    base = unlike(texts)
    print(f"{len(base):,} of {len(texts):,} news share no long line with another")
    each = [scores(planted(base, seed)) for seed in range(1, asked.seeds + 1)]
    means = {name: float(np.mean([row[name] for row in each])) for name in each[0]}
    for name, mean in means.items():
        print(f"{name:16s} {mean:.3f}  ({min(r[name] for r in each):.3f} to {max(r[name] for r in each):.3f})")
    if asked.full:
        started = time.process_time()
        count = len(ranked_pairs(texts))
        means["full seconds"] = time.process_time() - started
        print(f"{len(texts):,} texts: {count:,} pairs in {means['full seconds']:.0f} s")
    _write(each, means.get("full seconds"), len(texts))
    print(json.dumps(means))
    return int(means["ap"] < BAR)


if __name__ == "__main__":
    raise SystemExit(main())
