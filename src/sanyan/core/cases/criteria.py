"""By what cases are chosen: a signed document of criteria with weights, the least total, and the spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sanyan.core.signed_documents import DocumentReader, Words

MOST = 3  # the highest score of a criterion; 0 is none


@dataclass(frozen=True)
class Criterion:
    """One question asked of every case, scored 0 to 3. `weight` is its part of the total; `worked_out` names the rule
    that scores it from figures and the card, "" where people judge."""

    code: str
    name: Words
    asks: Words
    weight: float
    worked_out: str = ""


@dataclass(frozen=True)
class SelectionRule:
    """Criteria that somebody signed. `least_total` (0-100) is good enough; `spread` is the largest share of the seats
    that one region, type of area or size band may take, by dimension."""

    code: str
    name: Words
    why: Words
    criteria: tuple[Criterion, ...]
    least_total: float
    spread: Mapping[str, float]
    authored_by: str
    checked_by: str
    next_review: date

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of a code, None where there is none."""
        return next((item for item in self.criteria if item.code == code), None)


def read_selection_rule(document: Mapping[str, object], *, place: str) -> SelectionRule:
    """A rule from a parsed document; raise BadInputError naming the field that is missing or not of its sort."""
    reader = DocumentReader(document, place)
    spread = reader.numbers("spread")
    if not all(0 < share <= 1 for share in spread.values()):
        raise reader.fault("spread")
    least = reader.numbers("least")
    return SelectionRule(
        code=reader.text("code"),
        name=reader.words("name"),
        why=reader.words("why"),
        criteria=_criteria(reader),
        least_total=least.get("total", 0.0),
        spread=spread,
        authored_by=reader.text("authored_by"),
        checked_by=reader.text("checked_by"),
        next_review=reader.day("next_review"),
    )


def as_document(rule: SelectionRule) -> dict[str, object]:
    """The rule as it is kept with a round of selection, readable again by `read_selection_rule`."""
    return {
        "code": rule.code,
        "name_th": rule.name.th,
        "name_en": rule.name.en,
        "why_th": rule.why.th,
        "why_en": rule.why.en,
        "criteria": [
            {
                "code": item.code,
                "name_th": item.name.th,
                "name_en": item.name.en,
                "asks_th": item.asks.th,
                "asks_en": item.asks.en,
                "weight": item.weight,
                "worked_out": item.worked_out,
            }
            for item in rule.criteria
        ],
        "least": {"total": rule.least_total},
        "spread": dict(rule.spread),
        "authored_by": rule.authored_by,
        "checked_by": rule.checked_by,
        "next_review": rule.next_review.isoformat(),
    }


def _criteria(reader: DocumentReader) -> tuple[Criterion, ...]:
    given = reader.document.get("criteria")
    if not isinstance(given, list) or not given:
        raise reader.fault("criteria")
    found = []
    for index, item in enumerate(given):
        if not isinstance(item, Mapping):
            raise reader.fault(f"criteria[{index}]")
        inner = DocumentReader(item, f"{reader.place} criteria[{index}]")
        weight = item.get("weight")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or weight <= 0:
            raise inner.fault("weight")
        worked_out = str(item.get("worked_out") or "")
        found.append(Criterion(inner.text("code"), inner.words("name"), inner.words("asks"), float(weight), worked_out))
    if len({item.code for item in found}) != len(found):
        raise reader.fault("criteria")
    return tuple(found)
