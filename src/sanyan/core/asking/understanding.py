"""A question understood: what is wanted, of what, where and when, how surely, and what stayed open."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from sanyan.core.asking.concepts import GENERAL
from sanyan.core.asking.cues import CUES, WAYS, Intent, Way
from sanyan.core.asking.folding import Folded, Hit, fold, folded, found_all, free_of, guessed, longest
from sanyan.core.asking.places import Places, places_of
from sanyan.core.asking.quantities import Quantities, Threshold, quantities_of
from sanyan.core.asking.refusals import WHY, Reason, refused
from sanyan.core.asking.subjects import Ranked, Subject, concept_hits, subject_of
from sanyan.core.asking.times import Time, time_of
from sanyan.core.asking.vocabulary import Vocabulary
from sanyan.core.indicators.definitions import Direction
from sanyan.core.signed_documents import Words
from sanyan.core.spans import Span
from sanyan.core.text.values import Stance
from sanyan.core.thai.words import content_terms, normal

SHORTEST_TOPIC = 3  # signs of a word that may be a topic; shorter ones are mostly scraps of cutting
LONGEST = 400  # characters that are read; a question has no need of more
TEXT_INTENTS = {
    Intent.PROBLEMS: Stance.PROBLEM,
    Intent.SUGGESTIONS: Stance.SUGGESTION,
    Intent.LESSONS: Stance.SUCCESS,
    Intent.MODELS: Stance.SUCCESS,
}
NEEDS_INDICATOR = frozenset({Intent.VALUE, Intent.EXTREMES, Intent.TREND, Intent.FORECAST, Intent.DEFINITION})
_WHICH = (
    "เขตไหน",
    "เขตใด",
    "ที่ไหน",
    "พื้นที่ใด",
    "จังหวัดไหน",
    "จังหวัดใด",
    "แห่งใด",
    "สพป.ไหน",
    "สพม.ไหน",
    "ตรงไหน",
    "which areas",
    "where",
)
_YEARS_BACK = re.compile(
    r"(?:\d|สาม|ห้า|สี่|สอง)\s*ปี\s*(?:ที่ผ่านมา|ย้อนหลัง|ล่าสุด|หลัง)|(?:last|past) (?:\d|three|five|four) years"
)
_UNIT = re.compile(r"กี่\s*(บาท|ล้าน|นาที|ชั่วโมง|วัน|กิโล|เมตร|เล่ม|ครั้ง|เครื่อง|หลัง|คัน)")
_ABOUT = re.compile(r"(?:เรื่อง|ด้าน|เกี่ยวกับ|about|\bin|\bat)\s*$")


@dataclass(frozen=True)
class Understanding:
    """What a question was understood to ask.

    `indicators` and `policy_areas` come with how much speaks for each, the most first; `subject` is the code that comes
    first of both. Places are codes (`zones` of core.asking.zones) or Thai names of provinces; `own` says "our area".
    `fiscal_year`, `month` are None where it does not say. `confidence` is 0-1 and orders questions by how far they
    should be asked back; it is no probability. `reason` is told where the intent is unanswerable.
    """

    question: str
    intent: Intent
    reason: Reason | None = None
    indicators: tuple[Ranked, ...] = ()
    policy_areas: tuple[Ranked, ...] = ()
    subject: str = ""
    organisations: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    own: bool = False
    area_type: str = ""
    fiscal_year: int | None = None
    month: int | None = None
    since: int | None = None
    stance: Stance | None = None
    topic: tuple[str, ...] = ()
    themes: tuple[int, ...] = ()
    way: Way | None = None
    threshold: Threshold | None = None
    most: int | None = None
    confidence: float = 0.0
    problems: tuple[Words, ...] = ()

    @property
    def places(self) -> int:
        """How many places are named."""
        return len(self.organisations) + len(self.regions) + len(self.zones) + len(self.provinces)


@dataclass(frozen=True)
class _Read:
    """Everything found in a question, before it is decided what is wanted."""

    asked: Folded
    places: Places
    time: Time
    quantities: Quantities
    cues: tuple[tuple[Intent, float, Hit], ...]
    subject: Subject


def understand(question: str, vocabulary: Vocabulary) -> Understanding:
    """What a question asks, over the words that are known. Never raises: what cannot be understood says so."""
    short = " ".join(normal(question).split())[:LONGEST]
    if not short:
        return Understanding("", Intent.UNANSWERABLE, Reason.UNCLEAR, problems=(WHY[Reason.UNCLEAR],))
    read = _read(folded(short), vocabulary)
    scores = _scores(read)
    wanted = max(scores, key=lambda intent: (scores[intent], -list(Intent).index(intent))) if scores else None
    reason = refused(
        short,
        models=wanted is Intent.MODELS,
        lessons=wanted is Intent.LESSONS,
    )
    told = _told(question.strip(), read, vocabulary, wanted or Intent.UNANSWERABLE, scores)
    if reason is None and (read.time.ahead or (told.fiscal_year or 0) > vocabulary.fiscal_year):
        reason = Reason.FAR_AHEAD
    if reason is None:
        told = _settled(told, read, vocabulary)
        reason = told.reason
    if reason is None:
        return told
    return replace(told, intent=Intent.UNANSWERABLE, reason=reason, problems=(WHY[reason], *told.problems))


def _read(asked: Folded, words: Vocabulary) -> _Read:
    places = places_of(asked, words)
    time = time_of(asked.text, words)
    quantities = quantities_of(asked.text, (*places.spans, *time.spans))
    taken = _stretches(asked, [*places.spans, *time.spans, *quantities.spans])
    concepts = concept_hits(asked, taken)
    cues = [cue for cue in _cues(asked, taken) if not _within_longer(cue[2], concepts)]
    concepts = [hit for hit in concepts if not any(_within_longer(hit, [cue[2]]) for cue in cues)]
    asking = [(cue[2].start, cue[2].end) for cue in cues]
    subject = subject_of(asked, words, concepts, [*taken, *asking])
    return _Read(asked, places, time, quantities, tuple(cues), subject)


def _stretches(asked: Folded, spans: list[Span]) -> list[tuple[int, int]]:
    return [(asked.at(span.start), asked.at(span.end)) for span in spans]


def _cues(asked: Folded, taken: list[tuple[int, int]]) -> list[tuple[Intent, float, Hit]]:
    """Phrases of asking, the longest first; a slip is allowed for where nothing else is read."""
    strength = {(intent, phrase): value for intent, rows in CUES.items() for phrase, value in rows}
    owner: dict[str, Intent] = {}
    for intent, phrase in strength:
        owner.setdefault(phrase, intent)
    hits = [hit for phrase in owner for hit in found_all(asked, phrase)]
    kept = longest(hits)
    free = free_of(asked, [*taken, *((hit.start, hit.end) for hit in kept)])
    guesses = [guessed(asked, phrase, free) for phrase in owner]
    kept = longest([*kept, *(hit for hit in guesses if hit)])
    return [(owner[h.phrase], strength[owner[h.phrase], h.phrase] * h.likeness, h) for h in kept]


def _within_longer(hit: Hit, others: list[Hit]) -> bool:
    return any(hit.overlaps(other) and other.end - other.start > hit.end - hit.start for other in others)


def _scores(read: _Read) -> dict[Intent, float]:
    """How strongly each intent is asked for: its strongest phrase, half of the others, and what the rest implies."""
    found: dict[Intent, list[float]] = defaultdict(list)
    for intent, strength, _ in read.cues:
        found[intent].append(strength)
    scores = {intent: max(held) + 0.5 * (sum(held) - max(held)) for intent, held in found.items()}

    def add(intent: Intent, strength: float) -> None:
        scores[intent] = scores.get(intent, 0.0) + strength

    subject = bool(read.subject.indicators or read.subject.policy_areas)
    if read.places.count > 1:
        add(Intent.COMPARE, 2.5)
    elif Intent.COMPARE in scores and not read.places.count and Intent.CHANGE in scores:
        del scores[Intent.COMPARE]
    if read.quantities.threshold:
        add(Intent.TARGET, 3.0)
    if Intent.FORECAST in scores and Intent.TARGET in scores and not _past(read):
        add(Intent.FORECAST, 1.5)
    elif _past(read):
        scores.pop(Intent.FORECAST, None)
    if read.quantities.most and Intent.EXTREMES in scores:
        add(Intent.EXTREMES, 0.5)
    if read.time.since or _YEARS_BACK.search(read.asked.text):
        add(Intent.TREND, 2.0)
    if read.time.last_year and not scores:
        add(Intent.VALUE, 0.5)
    if subject:
        add(Intent.EXTREMES if any(found_all(read.asked, which) for which in _WHICH) else Intent.VALUE, 0.6)
        if Intent.PROFILE in scores:
            add(Intent.VALUE, scores.pop(Intent.PROFILE))
    elif read.places.count or read.places.own:
        add(Intent.PROFILE, 1.0)
    return scores


def _past(read: _Read) -> bool:
    """Whether the year named lies behind: its end is known, not to be expected."""
    return read.time.last_year


def _told(question: str, read: _Read, words: Vocabulary, wanted: Intent, scores: dict[Intent, float]) -> Understanding:
    subject, places, time = read.subject, read.places, read.time
    ways = [way for phrase, way in WAYS if any(cue[2].phrase == phrase for cue in read.cues)]
    first = _first(subject, wanted)
    year = time.fiscal_year
    if time.last_year and wanted in (Intent.CHANGE, Intent.TREND):
        year = None
    return Understanding(
        question=question,
        intent=wanted,
        indicators=subject.indicators,
        policy_areas=subject.policy_areas,
        subject=first,
        organisations=tuple(places.organisations),
        regions=tuple(places.regions),
        zones=tuple(places.zones),
        provinces=tuple(places.provinces),
        own=places.own,
        area_type=places.area_type,
        fiscal_year=year,
        month=time.month,
        since=time.since,
        stance=TEXT_INTENTS.get(wanted),
        topic=_topic(read),
        themes=_themes(read, words),
        way=_way(ways, wanted, words, first),
        threshold=read.quantities.threshold,
        most=read.quantities.most,
        confidence=_confidence(read, scores, wanted),
        problems=_problems(read, wanted),
    )


def _settled(told: Understanding, read: _Read, words: Vocabulary) -> Understanding:
    """What is wanted, once it is known whether there is anything to say of it."""
    intent, concepts, unknown = told.intent, read.subject.concepts, read.subject.unknown
    if intent in NEEDS_INDICATOR and told.subject and _asks_other_unit(told, read, words):
        return replace(told, reason=Reason.NO_INDICATOR)
    if told.subject or intent in TEXT_INTENTS or intent in (Intent.REPORTING, Intent.SIGNALS):
        return _without_guess(told, read)
    if intent is Intent.EXTREMES and not concepts and not unknown and told.way in (Way.BETTER, Way.WORSE):
        return replace(told, intent=Intent.STRENGTHS if told.way is Way.BETTER else Intent.WEAKNESSES, way=None)
    if intent in NEEDS_INDICATOR:
        return replace(told, reason=Reason.NO_INDICATOR if concepts or unknown else Reason.UNCLEAR)
    if intent is Intent.UNANSWERABLE:
        return replace(told, reason=Reason.NO_INDICATOR if concepts else Reason.UNCLEAR)
    return replace(told, reason=Reason.NO_INDICATOR if concepts or _named_unknown(read) else None)


def _asks_other_unit(told: Understanding, read: _Read, words: Vocabulary) -> bool:
    """Whether a question asks for baht or minutes where what is measured is neither."""
    unit = _UNIT.search(read.asked.text)
    item = words.known.get(told.subject)
    return unit is not None and (item is None or unit[1] not in f"{item.unit_th} {item.name_th}")


def _without_guess(told: Understanding, read: _Read) -> Understanding:
    """Something that reads like nonsense with one likely word in it is not answered."""
    said = sum(hit.end - hit.start for hit in read.subject.hits) + sum(cue[2].end - cue[2].start for cue in read.cues)
    if told.intent is Intent.VALUE and len(read.subject.unknown) > 3 and said < len(read.asked.signs) / 4:
        return replace(told, reason=Reason.UNCLEAR)
    return told


def _named_unknown(read: _Read) -> bool:
    """Whether a word that is not known stands where the subject would: after "about"."""
    return any(
        _ABOUT.search(read.asked.text[:place]) is not None
        for term in read.subject.unknown
        if (place := read.asked.text.find(term)) >= 0
    )


def _first(subject: Subject, wanted: Intent) -> str:
    """The code that a question is about: a policy area only where it is named better than any indicator of it."""
    one = subject.indicators[0] if subject.indicators else None
    whole = subject.policy_areas[0] if subject.policy_areas else None
    if whole is None or (wanted in NEEDS_INDICATOR and one is not None):
        return one.code if one else ""
    return whole.code if one is None or whole.score > one.score else one.code


def _way(ways: list[Way], wanted: Intent, words: Vocabulary, subject: str) -> Way | None:
    """The end or the move asked for; two that speak against each other ask for neither."""
    if wanted is Intent.TARGET:
        return Way.MISSED if Way.MISSED in ways else None
    strong: tuple[Way, ...] = (Way.UP, Way.DOWN) if wanted is Intent.CHANGE else (Way.HIGH, Way.LOW)
    kept: set[Way] = {way for way in ways if way in strong} or {w for w in ways if w in (Way.BETTER, Way.WORSE)}
    if wanted not in (Intent.EXTREMES, Intent.CHANGE) or len(kept) != 1:
        return None
    way = kept.pop()
    if way not in (Way.HIGH, Way.LOW):
        return way
    known = words.known.get(subject)
    lower = known is not None and known.direction is Direction.LOWER
    return Way.BETTER if (way is Way.HIGH) != lower else Way.WORSE


def _topic(read: _Read) -> tuple[str, ...]:
    """The words of the topic: meanings by their usual name and as written, then what else carries content."""
    written = [hit.phrase for hit in read.subject.hits]
    names = [concept.name for concept in read.subject.concepts]
    rest = [term for term in read.subject.unknown if len(term) >= SHORTEST_TOPIC]
    return tuple(dict.fromkeys([*names, *written, *rest]))


def _themes(read: _Read, words: Vocabulary) -> tuple[int, ...]:
    """Themes of the signed set whose label shares its meaning, or its words, with the question."""
    asked = {term for term in content_terms(read.asked.text) if term not in GENERAL}
    found = []
    for theme in words.themes:
        label = {term for term in content_terms(theme.label_th) if term not in GENERAL}
        if fold(theme.label_th) in read.asked.signs or (label and len(label & asked) * 2 > len(label)):
            found.append(theme.id)
    return tuple(found)


def _problems(read: _Read, wanted: Intent) -> tuple[Words, ...]:
    told = list(read.places.problems)
    if read.time.academic:
        told.append(
            Words(
                "คำถามพูดถึงปีการศึกษา แต่รอบรายงานนับตามปีงบประมาณ จึงใช้ปีงบประมาณเดียวกัน",
                "The question names a school year; rounds go by fiscal year, so that of the same number is used.",
            )
        )
    if wanted is Intent.EXTREMES:
        told.append(
            Words(
                "ไม่บอกเป็นอันดับ เพราะอันดับแกว่งตามความบังเอิญ จึงแสดงเป็นกลุ่มพร้อมช่วงที่น่าจะเป็น",
                "Ranks swing by chance, so groups are shown with their likely intervals instead.",
            )
        )
    unused = [term for term in read.subject.unknown if len(term) >= SHORTEST_TOPIC]
    if unused and wanted not in TEXT_INTENTS:
        listed = ", ".join(unused[:4])
        told.append(
            Words(
                f"คำที่ยังไม่ได้ใช้ตอบ: {listed} คำตอบอาจไม่ตรงกับที่ตั้งใจถาม",
                f"Words not used for the answer: {listed}. It may not be what you meant.",
            )
        )
    first = read.subject.indicators[:2]
    if wanted in NEEDS_INDICATOR and len(first) == 2 and first[1].score > 0.85 * first[0].score:
        told.append(
            Words(
                "มีตัวชี้วัดที่ใกล้เคียงกันมากกว่าหนึ่งตัว เลือกให้ตรงได้",
                "More than one indicator fits; choose the one you mean.",
            )
        )
    return tuple(told)


def _confidence(read: _Read, scores: dict[Intent, float], wanted: Intent) -> float:
    ordered = sorted(scores.values(), reverse=True) or [0.0]
    margin = 1.0 if len(ordered) < 2 else (ordered[0] - ordered[1]) / max(ordered[0], 0.1)
    heard = min(1.0, ordered[0] / 3)
    best = max((item.score for item in (*read.subject.indicators, *read.subject.policy_areas)), default=0.0)
    about = min(1.0, best / 2) if wanted in NEEDS_INDICATOR or best else 1.0
    missed = min(0.3, 0.1 * (len(read.places.problems) + len(read.subject.unknown)))
    return round(max(0.0, 0.35 * heard + 0.25 * margin + 0.4 * about - missed), 2)
