"""True quotes dressed as people and machines dress them, and false ones: are they told apart?

    python -m evals.quotes [--data FOLDER] [--out PAIRS.jsonl]

FOLDER (or SANYAN_EVAL_DATA) holds texts/gov_education_news_200.jsonl. Quotes are drawn from it (seeded): true ones at
blanks, at words and at any character, in seven kinds of dress, one to three at a time; false ones with one thing
altered, each kind by itself. Writes docs/reference/evaluation-quotes.md, prints a JSON line and ends with 1 where a
true quote is refused or a false one accepted.
"""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.data import asker

from sanyan.core.evaluating.quote_scores import QuotePair, judge_quotes
from sanyan.core.thai.digits import to_arabic, to_thai
from sanyan.core.thai.words import segment

FILE = "gov_education_news_200.jsonl"
SEED = 25_680_702
TRUE_EACH = 120
FALSE_EACH = 80
PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "evaluation-quotes.md"
_UNITS = ("คน", "โรงเรียน", "บาท", "แห่ง", "ครั้ง", "ปี", "วัน", "เดือน", "จังหวัด")


@dataclass(frozen=True)
class Trial:
    """A pair and what kind it is of."""

    kind: str
    pair: QuotePair


def texts(folder: str) -> list[str]:
    """The texts, none where they are not there."""
    places = [Path(folder) / FILE, Path(folder) / "texts" / FILE] if folder else []
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [held for held in (json.loads(line)["text"] for line in lines) if len(held) >= 400]


def trials(
    sources: list[str], seed: int = SEED, *, true_each: int = TRUE_EACH, false_each: int = FALSE_EACH
) -> Iterator[Trial]:
    """All true and false pairs, so many of each kind."""
    rng = random.Random(seed)
    for draw in DRAWS:
        for _ in range(true_each):
            source = rng.choice(sources)
            yield Trial(f"as it is, cut at {draw.__name__}", QuotePair(draw(rng, source), source, True))
    for name, dress in DRESSES.items():
        for _ in range(true_each):
            source = rng.choice(sources)
            quote = dress(rng, _at_blanks(rng, source))
            yield Trial(name, QuotePair(quote, source, True))
    for _ in range(true_each):
        source = rng.choice(sources)
        quote = _at_blanks(rng, source)
        for name in rng.sample(sorted(DRESSES.keys() - {"a part left out (...)"}), 3):
            quote = DRESSES[name](rng, quote)
        yield Trial("three of these at once", QuotePair(quote, source, True))
    for name, alter in ALTERED.items():
        yield from (Trial(name, pair) for pair in _false(rng, sources, alter, false_each))


def _false(
    rng: random.Random, sources: list[str], alter: Callable[[random.Random, str, str], str | None], count: int
) -> Iterator[QuotePair]:
    made = 0
    while made < count:
        source = rng.choice(sources)
        quote = _at_blanks(rng, source)
        altered = alter(rng, quote, source)
        if altered is not None and altered != quote and _bare(altered) not in _bare(source):
            made += 1
            yield QuotePair(altered, source, False)


def _bare(text: str) -> str:
    return to_arabic(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))


def _at_blanks(rng: random.Random, source: str) -> str:
    pieces = [match.span() for match in re.finditer(r"\S+", source)]
    while True:
        first = rng.randrange(len(pieces))
        last = min(len(pieces) - 1, first + rng.randrange(1, 8))
        quote = source[pieces[first][0] : pieces[last][1]]
        if 25 <= len(quote) <= 300:
            return quote


def _at_words(rng: random.Random, source: str) -> str:
    words = segment(source)
    first = rng.randrange(max(1, len(words) - 30))
    return "".join(words[first : first + rng.randrange(12, 30)]).strip()


def _anywhere(rng: random.Random, source: str) -> str:
    size = rng.randrange(50, 200)
    start = rng.randrange(len(source) - size)
    return source[start : start + size]


_at_blanks.__name__, _at_words.__name__, _anywhere.__name__ = "blanks", "words", "any character"
DRAWS = (_at_blanks, _at_words, _anywhere)


def _respaced(rng: random.Random, quote: str) -> str:
    return re.sub(r"\s+", lambda _: rng.choice(["", " ", "  ", "\u00a0", "\t"]), quote)


def _broken_lines(rng: random.Random, quote: str) -> str:
    places = sorted(rng.sample(range(1, len(quote)), 3), reverse=True)
    for place in places:
        if not unicodedata.combining(quote[place]) and unicodedata.category(quote[place]) != "Mn":
            quote = quote[:place] + rng.choice(["\n", "\r\n", " \n"]) + quote[place:]
    return quote


def _other_digits(_: random.Random, quote: str) -> str:
    return to_thai(quote)


def _other_sara_am(rng: random.Random, quote: str) -> str:
    am = rng.choice(["\u0e4d\\1\u0e32", "\\1\u0e4d\u0e32"])
    return re.sub("([\u0e48-\u0e4b]?)\u0e33", am, quote).replace("แ", rng.choice(["แ", "เเ"]))


def _invisible(rng: random.Random, quote: str) -> str:
    for _ in range(4):
        place = rng.randrange(1, len(quote))
        quote = quote[:place] + rng.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad") + quote[place:]
    return quote


def _other_marks(rng: random.Random, quote: str) -> str:
    quote = re.sub('[“”"‘’]', lambda _: rng.choice("\"'“”"), quote)
    quote = re.sub("[–—-]", lambda _: rng.choice("-–—"), quote)
    return rng.choice(["“{}”", '"{}"', "{}", "«{}»"]).format(quote)


def _part_left_out(rng: random.Random, quote: str) -> str:
    pieces = quote.split()
    if len(pieces) < 3 or min(map(len, (pieces[0], pieces[-1]))) < 6:
        return quote
    return pieces[0] + rng.choice([" ... ", "…", " […] "]) + pieces[-1]


DRESSES: dict[str, Callable[[random.Random, str], str]] = {
    "other blanks, or none": _respaced,
    "lines broken anywhere": _broken_lines,
    "Thai digits": _other_digits,
    "other encodings of ำ and แ": _other_sara_am,
    "invisible characters": _invisible,
    "other quotation marks and dashes": _other_marks,
    "a part left out (...)": _part_left_out,
}


def _altered_digit(rng: random.Random, quote: str, _: str) -> str | None:
    places = [place for place, character in enumerate(quote) if character in "0123456789๐๑๒๓๔๕๖๗๘๙"]
    if not places:
        return None
    place = rng.choice(places)
    other = rng.choice([digit for digit in "0123456789" if digit != to_arabic(quote[place])])
    return quote[:place] + other + quote[place + 1 :]


def _longer_or_shorter_number(rng: random.Random, quote: str, _: str) -> str | None:
    numbers = list(re.finditer(r"\d+", quote))
    if not numbers:
        return None
    number = rng.choice(numbers)
    other = number[0] + rng.choice("0123456789") if len(number[0]) == 1 or rng.random() < 0.5 else number[0][:-1]
    return quote[: number.start()] + other + quote[number.end() :]


def _swapped_word(rng: random.Random, quote: str, source: str) -> str | None:
    words, others = segment(quote), [word for word in segment(source) if len(word) > 3]
    places = [place for place, word in enumerate(words) if len(word) > 3]
    if not places:
        return None
    words[rng.choice(places)] = rng.choice(others)
    return "".join(words)


def _dropped_not(_: random.Random, quote: str, __: str) -> str | None:
    return quote.replace("ไม่", "", 1) if "ไม่" in quote else None


def _added_not(rng: random.Random, quote: str, _: str) -> str | None:
    words = segment(quote)
    words.insert(rng.randrange(len(words)), "ไม่")
    return "".join(words)


def _spliced(rng: random.Random, quote: str, source: str) -> str:
    return f"{quote} {_at_blanks(rng, source)}"


def _other_unit(rng: random.Random, quote: str, _: str) -> str | None:
    found = [match for unit in _UNITS for match in re.finditer(rf"(?<=\d ){unit}|(?<=\d){unit}", quote)]
    if not found:
        return None
    match = rng.choice(found)
    other = rng.choice([unit for unit in _UNITS if unit != match[0]])
    return quote[: match.start()] + other + quote[match.end() :]


def _added_words(rng: random.Random, quote: str, _: str) -> str:
    words = segment(quote)
    words.insert(rng.randrange(len(words)), rng.choice(["อย่างยิ่ง", "ทุกโรงเรียน", "เท่านั้น", "ประมาณ", "เกือบ"]))
    return "".join(words)


def _left_out_words(rng: random.Random, quote: str, _: str) -> str | None:
    words = segment(quote)
    places = [place for place, word in enumerate(words) if any(map(str.isalnum, word))][1:]
    if not places:
        return None
    del words[rng.choice(places)]
    return "".join(words)


def _joined_numbers(_: random.Random, quote: str, __: str) -> str | None:
    joined = re.sub(r"(?<=\d),(?=\d)", "", quote, count=1)
    return joined if joined != quote else None


ALTERED: dict[str, Callable[[random.Random, str, str], str | None]] = {
    "one digit altered": _altered_digit,
    "a number longer or shorter": _longer_or_shorter_number,
    "a comma taken out of a number": _joined_numbers,
    "a word swapped": _swapped_word,
    "“not” dropped": _dropped_not,
    "“not” added": _added_not,
    "two sentences spliced": _spliced,
    "another unit": _other_unit,
    "words added": _added_words,
    "a word left out": _left_out_words,
}

_HEAD = """# How well true quotes are told from false ones

Made by `python -m evals.quotes`; do not edit. Quotes drawn from 200 pieces of government news on education, true ones
dressed in other ways of writing, false ones altered in one thing. A quote is accepted only where it stands in its
source to the letter (`core/text/quoting.py`; `sanyan evaluate quotes` runs the same on your pairs).

"""
_TAIL = """
## What is decided

- A number cut in two at an edge of a quote ("12 คน" of "512 คน", "ร้อยละ 85" of "ร้อยละ 85.5") is no quote. Where at
  least 30 other characters tell the place, the quote stands and the cut number is left out of what is shown and of
  what supports a claim. Some of the quotes above that are cut at any character are such.
- Two numbers that stand apart in a line are not one ("15 20" is not "1520"), unless the quote leaves out other blanks
  of the source too.
- A quote does not begin just behind a "not" that it leaves out ("ผ่านเกณฑ์" of "ไม่ผ่านเกณฑ์").
- "..." between parts: all parts stand in this order in the source. Parts and quotes have at least 4 characters.
- ² and ½ are not 2 and 1/2. A comma in a number is part of it. Letter case, quotation marks and dashes between letters
  do not matter.
- Edges are widened to whole Thai characters: what is shown is always the source's own text.
- Likeness (`suggest_place`) only suggests where a person may look; it accepts nothing.
"""


def main() -> int:
    """Measure, write the page, and say whether the bar is kept."""
    parser = asker(__doc__)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    sources = texts(asked.data)
    if not sources:
        print(f"{FILE} is not there: name its folder in SANYAN_EVAL_DATA", file=sys.stderr)
        return 2
    held = list(trials(sources))
    if asked.out:
        lines = [json.dumps({**vars(trial.pair), "kind": trial.kind}, ensure_ascii=False) for trial in held]
        asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    judged = judge_quotes(trial.pair for trial in held)
    counts, accepted = Counter(trial.kind for trial in held), Counter[str]()
    for trial, item in zip(held, judged, strict=True):
        accepted[trial.kind] += item.is_accepted
        if item.is_accepted != trial.pair.true:
            print(f"judged wrongly ({trial.kind}): {trial.pair.quote!r}", file=sys.stderr)
    true = sum(trial.pair.true for trial in held)
    true_in = sum(item.is_accepted for item in judged if item.pair.true)
    false_in = sum(item.is_accepted for item in judged if not item.pair.true)
    PAGE.write_text(_HEAD + _table(counts, accepted) + _TAIL, encoding="utf-8")
    print(json.dumps({"true": true, "true_accepted": true_in, "false": len(held) - true, "false_accepted": false_in}))
    return int(true_in < true or false_in > 0)


def _table(counts: Counter[str], accepted: Counter[str]) -> str:
    rows = ["| quotes | pairs | accepted |", "| --- | ---: | ---: |"]
    for heading, kinds in (("true", [k for k in counts if k not in ALTERED]), ("false", list(ALTERED))):
        all_of, held = sum(counts[kind] for kind in kinds), sum(accepted[kind] for kind in kinds)
        rows.append(f"| **{heading}, all** | **{all_of}** | **{held}** |")
        rows += [f"| {heading}: {kind} | {counts[kind]} | {accepted[kind]} |" for kind in kinds]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
