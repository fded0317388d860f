"""How the text of a narrative field is meant: told by the field of the form, never guessed from the words."""

from __future__ import annotations

from sanyan.core.indicators.definitions import NarrativeField
from sanyan.core.text.values import Stance

BY_KEY = {
    "quantitative": Stance.SUCCESS,
    "qualitative": Stance.SUCCESS,
    "success_factors": Stance.SUCCESS,
    "innovation": Stance.SUCCESS,
    "problem": Stance.PROBLEM,
    "suggestion": Stance.SUGGESTION,
}
NOT_READ = frozenset({"period", "images", "self_eval", "alignment", "place"})
_BY_NAME = (
    ("ข้อเสนอ", Stance.SUGGESTION),
    ("ปัญหา", Stance.PROBLEM),
    ("อุปสรรค", Stance.PROBLEM),
    ("ความสำเร็จ", Stance.SUCCESS),
    ("ผลเชิง", Stance.SUCCESS),
    ("จุดเด่น", Stance.SUCCESS),
    ("นวัตกรรม", Stance.SUCCESS),
)


def stance_of(field: NarrativeField) -> Stance:
    """The stance of a field, by its key, else by the words of its Thai name; OTHER where neither tells."""
    if field.key in BY_KEY:
        return BY_KEY[field.key]
    return next((stance for word, stance in _BY_NAME if word in field.name_th), Stance.OTHER)


def is_read(field: NarrativeField) -> bool:
    """Whether the text of a field says something to find, group or quote: not a period, a place or a yes."""
    return field.key not in NOT_READ
