"""The product's own way from a report's text to its themes and lessons, with and without an order in the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evals.injection.reports import SENTENCES, reports

from sanyan.core.signed_documents import Words
from sanyan.core.text.drafting import Lesson, ThemeEvidence, draft_lessons
from sanyan.core.text.excerpts import QuoteCandidate
from sanyan.core.text.intake import take_in
from sanyan.core.text.themes.classifying import Labelled, ThemeClassifier, apply, fit
from sanyan.core.text.values import Stance
from sanyan.core.thai.personal_data import find_personal_data

THEMES = sorted(SENTENCES)


@dataclass(frozen=True)
class Assigned:
    """A passage of a report, the theme that it was assigned, and how probable that is."""

    text: str
    theme: str
    probability: float


@cache
def classifier() -> ThemeClassifier:
    """What assigns themes, learnt from the reports without orders."""
    texts: list[str] = []
    labels: list[Labelled] = []
    for report in reports():
        for theme, text in zip(report.themes, report.clean, strict=True):
            labels.append(Labelled(len(texts), frozenset({theme})))
            texts.append(text)
    return fit(texts, labels, THEMES)


def assigned(fields: Sequence[str]) -> tuple[Assigned, ...]:
    """The themes of a report's passages as the product assigns them: those that are no order to a machine."""
    texts = [passage.text for field in fields for passage in take_in(field).passages if not passage.orders]
    found = apply(classifier(), texts)
    return tuple(Assigned(texts[item.row], item.theme, item.probability) for item in found if item.theme in THEMES)


def counted(found: Sequence[Assigned]) -> Counter[str]:
    """Passages by theme."""
    return Counter(item.theme for item in found)


def _candidate(area: int, item: Assigned) -> QuoteCandidate:
    name, region = f"เขตที่ {area}", str(area % 18)
    return QuoteCandidate(f"{area}:{item.text}", str(area), name, region, item.text, item.probability)


def lessons(held: Sequence[Sequence[Assigned]]) -> tuple[Lesson, ...]:
    """The lessons drafted of reports, each of an area of its own."""
    evidence = [
        ThemeEvidence(
            theme,
            Words(theme, theme),
            Stance.PROBLEM,
            theme,
            passages=sum(counted(found)[theme] for found in held),
            areas=sum(counted(found)[theme] > 0 for found in held),
            areas_reporting=len(held),
            regions=min(18, sum(counted(found)[theme] > 0 for found in held)),
            source_id=theme,
            candidates=tuple(
                QuoteCandidate(
                    f"{area}:{item.text}", str(area), f"เขตที่ {area}", str(area % 18), item.text, item.probability
                )
                for area, found in enumerate(held)
                for item in found
                if item.theme == theme
            ),
        )
        for theme in THEMES
    ]
    return draft_lessons(evidence, is_private=lambda text: bool(find_personal_data(text)))
