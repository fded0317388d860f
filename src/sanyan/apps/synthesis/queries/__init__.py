"""Answers made of figures, signals and texts together."""

from sanyan.apps.synthesis.asking.parts import (
    Answer,
    Between,
    Corrections,
    Grid,
    Line,
    Lines,
    Nothing,
    Num,
    PageLink,
    Picture,
    Quotes,
    State,
    Trace,
    Understood,
    numbers_of,
)
from sanyan.apps.synthesis.queries.ask import answer, examples

__all__ = [
    "Answer",
    "Between",
    "Corrections",
    "Grid",
    "Line",
    "Lines",
    "Nothing",
    "Num",
    "PageLink",
    "Picture",
    "Quotes",
    "State",
    "Trace",
    "Understood",
    "answer",
    "examples",
    "numbers_of",
]
