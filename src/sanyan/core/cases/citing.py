"""Which indicators a narrative speaks of: those whose reported figures stand in it, and the policy area it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sanyan.core.cases.amounts import numbers
from sanyan.core.indicators.definitions import Framework, Indicator, Kind
from sanyan.core.thai.words import normal

MODEL_WORDS = ("กรณีศึกษา", "แบบอย่าง", "ต้นแบบ")


@dataclass(frozen=True)
class Reported:
    """A figure as it was reported: a share with its parts, or a value alone."""

    indicator: str
    value: float
    numerator: float | None = None
    denominator: float | None = None


def offers_case(indicator: Indicator) -> bool:
    """Whether an indicator asks for a case that is offered as a model."""
    return indicator.kind is Kind.NARRATIVE and any(word in indicator.name_th for word in MODEL_WORDS)


def named_policy_area(text: str, framework: Framework) -> str:
    """The code of the policy area that a text names; "" for none or more than one."""
    held = normal(text)
    found = [area.code for area in framework.policy_areas if area.name_th and normal(area.name_th) in held]
    return found[0] if len(found) == 1 else ""


def cited(text: str, figures: Iterable[Reported]) -> tuple[str, ...]:
    """Indicators whose figures stand in a text, in the order given: a share by both its parts and its percentage. A
    value alone says too little, since a small number stands in many texts by chance."""
    held = {round(number, 2) for number in numbers(text)}
    return tuple(
        item.indicator
        for item in figures
        if item.numerator is not None
        and item.denominator is not None
        and {round(item.numerator, 2), round(item.denominator, 2)} <= held
        and {round(item.value, 2), round(item.value, 1)} & held
    )
