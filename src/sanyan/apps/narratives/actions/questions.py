"""What themes are sought in: the answers of one framework to one question, of one stance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q, QuerySet

from sanyan.apps.narratives.models import Passage, ThemeSet
from sanyan.core.text.values import Stance


@dataclass(frozen=True)
class Question:
    """`policy_area` and `indicator_code` narrow it; both empty mean all that was asked."""

    framework_code: str
    is_practice: bool
    stance: str
    policy_area: str = ""
    indicator_code: str = ""

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Question:
        """The question of a job's payload; ValueError for a stance that there is not."""
        return cls(
            framework_code=str(payload["framework_code"]),
            is_practice=bool(payload["is_practice"]),
            stance=Stance(str(payload["stance"])).value,
            policy_area=str(payload.get("policy_area", "")),
            indicator_code=str(payload.get("indicator_code", "")),
        )

    @classmethod
    def of_set(cls, row: ThemeSet) -> Question:
        """The question that a set of themes answers."""
        return cls(row.framework_code, row.is_practice, row.stance, row.policy_area, row.indicator_code)

    def payload(self) -> dict[str, Any]:
        """The question as a job carries it."""
        return asdict(self)

    def sets(self) -> QuerySet[ThemeSet]:
        """All versions of its themes."""
        return ThemeSet.objects.filter(**asdict(self))

    def passages(self) -> QuerySet[Passage]:
        """Live passages that answer it and say something, the oldest first; orders to a machine are no answer."""
        where = Q(
            source__round__framework__code=self.framework_code,
            source__round__is_practice=self.is_practice,
            source__stance=self.stance,
            source__gone_at__isnull=True,
            says_something=True,
            orders=False,
        )
        if self.policy_area:
            where &= Q(source__policy_area=self.policy_area)
        if self.indicator_code:
            where &= Q(source__indicator_code=self.indicator_code)
        return Passage.objects.filter(where).order_by("pk")
