"""Lessons without a language model: sentences made of counts, theme labels and quotes, each with what it cites.

Nothing is said that is not counted or quoted: how many areas tell of a theme, and one to three of them in their own
words. What follows from it is for people to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.signed_documents import Words
from sanyan.core.text.claims import CitedFigure, CitedQuote, CitedSentence
from sanyan.core.text.excerpts import Excerpt, QuoteCandidate, choose_excerpts
from sanyan.core.text.values import Stance
from sanyan.core.thai.words import content_terms

MOST_THEMES = 3  # of one lesson
MOST_QUOTES = 3  # of one theme


class LessonKind(StrEnum):
    """What a lesson tells of."""

    WORKED = "worked"
    IMPROVE = "improve"
    SUGGESTED = "suggested"


KINDS = {
    Stance.SUCCESS: LessonKind.WORKED,
    Stance.PROBLEM: LessonKind.IMPROVE,
    Stance.SUGGESTION: LessonKind.SUGGESTED,
}
_OPENINGS = {
    LessonKind.WORKED: (
        Words("สิ่งที่เขตเล่าว่าได้ผลมากที่สุดคือ", "What most areas say worked is"),
        Words("สิ่งที่เขตเล่าว่าได้ผลคือ", "Areas say that this worked:"),
    ),
    LessonKind.IMPROVE: (
        Words("ปัญหาที่พบมากที่สุดคือ", "The problem told of most is"),
        Words("ปัญหาที่พบคือ", "A problem told of is"),
    ),
    LessonKind.SUGGESTED: (
        Words("ข้อเสนอที่พบมากที่สุดคือ", "What is suggested most is"),
        Words("ข้อเสนอที่พบคือ", "Areas suggest:"),
    ),
}
_NEXT = Words("รองลงมาคือ", "Next comes")
_AS_MANY = Words("ที่พบในจำนวนเขตเท่ากันคือ", "Told of by as many areas:")


@dataclass(frozen=True)
class ThemeEvidence:
    """A theme in one policy area, counted: passages, areas that told of it, of how many that reported, their regions.

    `source_id` names the query that counted; the English label may be empty. `candidates` are its passages.
    """

    theme_id: str
    label: Words
    stance: Stance
    policy_area: str
    passages: int
    areas: int
    areas_reporting: int
    regions: int
    source_id: str
    candidates: tuple[QuoteCandidate, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for counts that cannot be."""
        if not 0 <= self.areas <= min(self.passages, self.areas_reporting) or not 0 <= self.regions <= self.areas:
            raise ValueError(f"the counts of theme {self.theme_id} cannot be")


@dataclass(frozen=True)
class LessonSentence:
    """A drafted sentence with all that it cites; `names` are names in it that may hold numbers of their own."""

    theme_id: str
    text: Words
    quotes: tuple[CitedQuote, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    names: tuple[str, ...] = ()

    def cited(self, lang: str) -> CitedSentence:
        """The sentence in one language ("th" or "en") as `check_claim` and `RewriteRequest` take it."""
        return CitedSentence(self.text.th if lang == "th" else self.text.en, self.quotes, self.figures)


@dataclass(frozen=True)
class Lesson:
    """What areas tell of one policy area, of one kind."""

    policy_area: str
    kind: LessonKind
    sentences: tuple[LessonSentence, ...]


def draft_lessons(
    themes: Iterable[ThemeEvidence],
    *,
    most_themes: int = MOST_THEMES,
    most_quotes: int = MOST_QUOTES,
    is_private: Callable[[str], bool] = lambda text: False,
) -> tuple[Lesson, ...]:
    """Lessons by policy area, in the order in which these first come, and in each what worked, what must improve and
    what areas suggest. Themes that most areas told of come first; those that none did, or of another stance, not at
    all. Each sentence passes `check_claim` with its own citations.
    """
    held = [theme for theme in themes if theme.areas and theme.stance in KINDS]
    lessons = []
    for policy_area in dict.fromkeys(theme.policy_area for theme in held):
        for stance, kind in KINDS.items():
            group = [theme for theme in held if (theme.policy_area, theme.stance) == (policy_area, stance)]
            group.sort(key=lambda theme: (-theme.areas, -theme.passages, theme.theme_id))
            if group:
                sentences = _sentences(kind, group[:most_themes], most_quotes, is_private)
                lessons.append(Lesson(policy_area, kind, sentences))
    return tuple(lessons)


def _sentences(
    kind: LessonKind, themes: Sequence[ThemeEvidence], most_quotes: int, is_private: Callable[[str], bool]
) -> tuple[LessonSentence, ...]:
    made = []
    for number, theme in enumerate(themes):
        made.append(_counted(theme, _opening(kind, themes, number)))
        terms = content_terms(theme.label.th)
        chosen = choose_excerpts(theme.candidates, most=most_quotes, theme_terms=terms, is_private=is_private)
        made += [_quoted(theme, excerpt) for excerpt in chosen]
    return tuple(made)


def _opening(kind: LessonKind, themes: Sequence[ThemeEvidence], number: int) -> Words:
    """ "Most" is said only of one that no other equals."""
    most, plain = _OPENINGS[kind]
    if number:
        return _AS_MANY if themes[number].areas == themes[number - 1].areas else _NEXT
    return most if len(themes) > 1 and themes[0].areas > themes[1].areas else plain


def _counted(theme: ThemeEvidence, opening: Words) -> LessonSentence:
    share = 100 * theme.areas / theme.areas_reporting
    label_en = theme.label.en or theme.label.th
    th = (
        f"{opening.th} {theme.label.th} พบใน {theme.areas:,} จาก {theme.areas_reporting:,} เขตที่รายงาน "
        f"(ร้อยละ {share:.1f}) ใน {theme.regions:,} เขตตรวจราชการ รวม {theme.passages:,} ข้อความ"
    )
    areas = f"{theme.areas:,} of {theme.areas_reporting:,} reporting areas ({share:.1f} %)"
    en = (
        f"{opening.en} {label_en}: {areas}, in {_many(theme.regions, 'inspection region')}, "
        f"{_many(theme.passages, 'passage')}."
    )
    figures = (
        CitedFigure(theme.source_id, theme.areas, unit="เขต"),
        CitedFigure(theme.source_id, theme.areas_reporting, unit="เขต"),
        CitedFigure(theme.source_id, share, is_percent=True),
        CitedFigure(theme.source_id, theme.regions, unit="เขต"),
        CitedFigure(theme.source_id, theme.passages, unit="ข้อความ"),
    )
    return LessonSentence(theme.theme_id, Words(th, en), (), figures, (theme.label.th, label_en))


def _quoted(theme: ThemeEvidence, excerpt: Excerpt) -> LessonSentence:
    inner = " ".join(excerpt.text.split())
    for mark in '“”„«»"':
        inner = inner.replace(mark, "’")
    inner = f"{inner} …" if excerpt.is_cut else inner
    name = excerpt.candidate.area_name
    text = Words(f"{name} รายงานว่า “{inner}”", f"{name} reports: “{inner}”")
    return LessonSentence(theme.theme_id, text, (excerpt.quote,), (), (name,))


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"
