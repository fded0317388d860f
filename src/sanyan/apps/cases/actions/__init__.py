"""Cases are proposed by figures or by people, drafted from what was written, verified, published, and selected."""

from sanyan.apps.cases.actions.drafting import GivenQuote, draft_candidates, draft_card, edit_field, tell
from sanyan.apps.cases.actions.judging import assign_reviewer, publish, retitle, verify, withdraw
from sanyan.apps.cases.actions.looking import ask_to_look, look_over
from sanyan.apps.cases.actions.nominating import nominate, propose_from_reports
from sanyan.apps.cases.actions.proposing import Proposed, propose_from_outliers
from sanyan.apps.cases.actions.selecting import (
    close_selection,
    decide,
    enter,
    follow,
    open_selection,
    score,
    suggest,
)

__all__ = [
    "GivenQuote",
    "Proposed",
    "ask_to_look",
    "assign_reviewer",
    "close_selection",
    "decide",
    "draft_candidates",
    "draft_card",
    "edit_field",
    "enter",
    "follow",
    "look_over",
    "nominate",
    "open_selection",
    "propose_from_outliers",
    "propose_from_reports",
    "publish",
    "retitle",
    "score",
    "suggest",
    "tell",
    "verify",
    "withdraw",
]
