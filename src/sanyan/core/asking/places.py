"""Places as people name them: "สพป.ชม.1", "เชียงใหม่ เขต ๑", "อีสาน", "เขตตรวจ 12", "Chiang Mai PESAO 1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sanyan.core.asking.folding import Folded, Hit, fold, found_all, free_of, guessed, longest
from sanyan.core.asking.vocabulary import Place, Province, Vocabulary
from sanyan.core.asking.zones import PROVINCE_SHORT, ZONES
from sanyan.core.signed_documents import Words
from sanyan.core.spans import Span

_REGION = re.compile(
    r"(?:เขตตรวจราชการ|เขตตรวจฯ?|ผู้ตรวจราชการ\s*เขต|inspection\s+region|region)\s*(?:ที่|no\.?)?\s*(\d{1,2})(?!\d)"
)
_PRIMARY = r"สพป|ประถมศึกษา|ประถม|primary|pesao"
_SECONDARY = r"สพม|มัธยมศึกษา|มัธยม|secondary|sesao"
_BEFORE = re.compile(
    rf"(?:สำนักงานเขตพื้นที่การศึกษา\s*)?(?:({_PRIMARY})|({_SECONDARY})|(สพท|เขตพื้นที่(?:การศึกษา)?|จังหวัด|จ\.))[\s.]*(?:จังหวัด|จ\.)?\s*$"
)
_AFTER_TYPE = re.compile(
    rf"^[\s.,]*(?:({_PRIMARY})|({_SECONDARY}))(?:\s*(?:education\s+)?service\s+area(?:\s+office)?|\s*area(?:\s+office)?s?)?(?![ก-๙])"
)
_NUMBER = re.compile(
    r"^[\s.,]*(?:เขต\s*(?:ที่)?|ข\.|area|zone|no\.?)?[\s.]*(\d)(?!\d)(?!\s*(?:%|เปอร์|ปี(?!ที่|ก่อน|งบ|นี้|\s*\d)|อันดับ|เดือน|คน|โรง|ด\.|แห่ง|รอบ|จังหวัด|เขต|\.\d))"
)
_ZONE = re.compile(r"^\s*(?:เขต|ข\.)\s*\d")
_MORE = re.compile(r"^\s*(?:กับ|และ|หรือ|,|/|&|and|or|vs\.?|with)\s*(?:เขต|ข\.|area)\s*(?:ที่)?\s*(\d)(?!\d)")
_OWN = re.compile(
    r"(?:เขต|หน่วยงาน|พื้นที่|สพป\.?|สพม\.?|สพท\.?|สำนักงาน)(?:ของ)?\s*(?:เรา|ฉัน|ผม|ดิฉัน|ตัวเอง)|(?:my|our)\s+(?:area|office)"
)
_TYPE_PRIMARY = re.compile(r"สพป|เขตประถม|ประถมศึกษา|(?<!ป)ประถม|primary")
_TYPE_SECONDARY = re.compile(r"สพม|เขตมัธยม|มัธยมศึกษา|มัธยม|secondary")
_ALWAYS_NAMED = frozenset({"เลย"})  # also an everyday particle
_SHORTEST_FREE = 4  # folded signs; a shorter name must be written out exactly


@dataclass
class Places:
    """What places a question names, by code or Thai name, in order; `problems` are names that fit no office."""

    organisations: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    provinces: list[str] = field(default_factory=list)
    area_type: str = ""
    own: bool = False
    problems: list[Words] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many places are named."""
        return len(self.organisations) + len(self.regions) + len(self.zones) + len(self.provinces)


@dataclass(frozen=True)
class _Named:
    """A province where it stands in the text."""

    province: Province
    span: Span


def places_of(asked: Folded, words: Vocabulary) -> Places:
    """The places named in a question."""
    told = Places()
    text = asked.text
    for match in _REGION.finditer(text):
        code = _region_code(words, int(match[1]))
        told.spans.append(Span(*match.span()))
        if code:
            told.regions.append(code)
        else:
            told.problems.append(Words(f"ไม่มีเขตตรวจราชการที่ {match[1]}", f"There is no inspection region {match[1]}."))
    for match in _OWN.finditer(text):
        told.own = True
        told.spans.append(Span(*match.span()))
    _zones(asked, told)
    named = [item for item in _provinces(asked, words) if not _taken(told, item.span)]
    while named:
        named = _offices(text, words, told, named)
    _types(text, told)
    for listed in (told.organisations, told.regions, told.zones, told.provinces):
        listed[:] = dict.fromkeys(listed)
    return told


def _zones(asked: Folded, told: Places) -> None:
    hits = {Hit(h.start, h.end, zone.code) for zone in ZONES for name in zone.names for h in found_all(asked, name)}
    for hit in longest(hits):
        told.zones.append(hit.phrase)
        told.spans.append(asked.span(hit.start, hit.end))


def _provinces(asked: Folded, words: Vocabulary) -> list[_Named]:
    by_name = {item.name_th: item for item in words.provinces}
    phrases: dict[str, Province] = {}
    for item in words.provinces:
        phrases[item.name_th] = item
        phrases[item.name_en] = item
        phrases.update(dict.fromkeys(PROVINCE_SHORT.get(item.name_th, ()), item))
    hits = [hit for phrase, item in phrases.items() for hit in found_all(asked, phrase) if _is_named(asked, hit, item)]
    kept = longest(hits)
    free = free_of(asked, [(hit.start, hit.end) for hit in kept])
    guesses = [guessed(asked, name, free) for name in by_name if len(fold(name)) >= _SHORTEST_FREE]
    kept = longest([*kept, *(hit for hit in guesses if hit and _after_office(asked, hit))])
    return [_Named(phrases[hit.phrase], _stands_at(asked, hit)) for hit in sorted(kept)]


def _stands_at(asked: Folded, hit: Hit) -> Span:
    """Where a name stands; of a sign that the word before ends with too ("สพมมหาสารคาม"), the second begins it."""
    span = asked.span(hit.start, hit.end)
    return Span(span.start + 1, span.end) if asked.text.startswith(hit.phrase, span.start + 1) else span


def _is_named(asked: Folded, hit: Hit, item: Province) -> bool:
    """Whether a phrase that may be an everyday word, or an abbreviation, is meant as a province here."""
    span = asked.span(hit.start, hit.end)
    before, after = asked.text[: span.start], asked.text[span.end :]
    short = hit.phrase not in _ALWAYS_NAMED
    if not short or (len(fold(hit.phrase)) <= 2 and hit.phrase != item.name_th):
        return bool(_BEFORE.search(before) or _ZONE.match(after) or (short and _NUMBER.match(after)))
    if len(fold(hit.phrase)) <= _SHORTEST_FREE and hit.phrase.lower() not in asked.text:
        return bool(_BEFORE.search(before))
    return not before.endswith(("เผย", "การ")) or hit.phrase != "แพร่"


def _after_office(asked: Folded, hit: Hit) -> bool:
    """A misspelt name counts where it stands as a place would: after สพป., สพม. or จังหวัด, or before a zone number."""
    span = asked.span(hit.start, hit.end)
    return bool(_BEFORE.search(asked.text[: span.start]) or _NUMBER.match(asked.text[span.end :]))


def _offices(text: str, words: Vocabulary, told: Places, named: list[_Named]) -> list[_Named]:
    """Read the first province with what stands around it as offices, or as a province; what is left to read."""
    first, *rest = named
    before = _BEFORE.search(text[: first.span.start])
    start = before.start() if before else first.span.start
    kind = _kind(before)
    end = first.span.end
    after = _AFTER_TYPE.match(text[end:])
    if not kind and not after and _of_more(text, first, rest):
        kind = "secondary"
    if not kind and after:
        kind, end = _kind(after), end + after.end()
    joined = [first.province.name_th]
    while rest and kind == "secondary" and _one_office(words, [*joined, rest[0].province.name_th]):
        if text[end : rest[0].span.start].strip(" -/และ"):
            break
        joined.append(rest[0].province.name_th)
        end = rest.pop(0).span.end
        after = _AFTER_TYPE.match(text[end:])
        end += after.end() if after else 0
    numbers, end = _numbers(text, end)
    told.spans.append(Span(start, end))
    if numbers:
        for number in numbers:
            _office(words, told, joined[0], kind, number)
    else:
        _alone(words, told, joined, kind)
    return rest


def _of_more(text: str, first: _Named, rest: list[_Named]) -> bool:
    """Whether provinces stand in a row before a secondary office's type, as its English name has them."""
    end = first.span.end
    for item in rest:
        if text[end : item.span.start].strip():
            return False
        end = item.span.end
        if _kind(_AFTER_TYPE.match(text[end:])) == "secondary":
            return True
    return False


def _numbers(text: str, end: int) -> tuple[list[int], int]:
    numbers: list[int] = []
    match = _NUMBER.match(text[end:])
    while match:
        numbers.append(int(match[1]))
        end += match.end()
        match = _MORE.match(text[end:])
    return numbers, end


def _office(words: Vocabulary, told: Places, province: str, kind: str, number: int) -> None:
    wanted = f"เขต {number}"
    kinds = (kind,) if kind else ("primary", "secondary")
    for each in kinds:
        offices = words.areas_of(province, each)
        held = [place.code for place in offices if place.short_th.endswith(wanted)]
        if not held and len(offices) == 1 and number == 1 and kind:
            held = [offices[0].code]
        if held:
            told.organisations.append(held[0])
            return
    known = ", ".join(place.short_th for each in kinds for place in words.areas_of(province, each))
    short = {"primary": "สพป.", "secondary": "สพม."}.get(kind, "")
    told.provinces.append(province)
    told.problems.append(
        Words(f"ไม่มี {short}{province} เขต {number} ที่มีคือ {known}", f"No such office; there are: {known}.")
    )


def _alone(words: Vocabulary, told: Places, joined: list[str], kind: str) -> None:
    office = _one_office(words, joined) if kind == "secondary" else None
    offices = words.areas_of(joined[0], kind) if kind else ()
    if office is not None:
        told.organisations.append(office.code)
    elif len(offices) == 1:
        told.organisations.append(offices[0].code)
    else:
        told.provinces.extend(joined)
        told.area_type = kind or told.area_type


def _one_office(words: Vocabulary, provinces: list[str]) -> Place | None:
    """The secondary office that serves all of these provinces, where only one does."""
    found = [place for place in words.areas_of(provinces[0], "secondary") if set(provinces) <= set(place.provinces)]
    return found[0] if len(found) == 1 else None


def _kind(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    return "primary" if match[1] else "secondary" if match[2] else ""


def _types(text: str, told: Places) -> None:
    """A type named apart from any one office."""
    rest = "".join(sign for place, sign in _outside(text, told.spans))
    primary, secondary = bool(_TYPE_PRIMARY.search(rest)), bool(_TYPE_SECONDARY.search(rest))
    if primary != secondary and not told.organisations:
        told.area_type = "primary" if primary else "secondary"


def _outside(text: str, spans: list[Span]) -> Iterator[tuple[int, str]]:
    for place, sign in enumerate(text):
        if not any(span.start <= place < span.end for span in spans):
            yield place, sign


def _taken(told: Places, span: Span) -> bool:
    return any(span.overlaps(other) for other in told.spans)


def _region_code(words: Vocabulary, number: int) -> str:
    named = re.compile(rf"(?<!\d)0*{number}(?!\d)")
    return next(
        (place.code for place in words.places if place.kind == "region" and named.search(place.short_th)),
        "",
    )
