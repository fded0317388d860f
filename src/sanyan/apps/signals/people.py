"""Who answers for a signal, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sanyan.apps.accounts import queries as accounts
from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.accounts.queries import Person
from sanyan.apps.signals.models import Signal

UNIT_ROLES = ("area_director", "area_officer", "region_director", "me_officer")
REGION_ROLES = ("region_director", "me_officer")
SYSTEM_ROLES = ("me_officer", "executive")
# Whom an unanswered signal is passed on to, step by step.
STEPS = (("region_director", "me_officer"), ("me_officer",), ("executive", "me_officer"))


@dataclass
class People:
    """Looks people up once for many signals of one day."""

    on: date

    def __post_init__(self) -> None:
        self._over: dict[tuple[int | None, tuple[str, ...]], tuple[Person, ...]] = {}

    def over(self, organisation_id: int | None, roles: Sequence[str]) -> tuple[Person, ...]:
        """People in these roles over an organisation (None: the whole system), in the order of the roles."""
        key = (organisation_id, tuple(roles))
        if key not in self._over:
            self._over[key] = (
                accounts.people_over_everything(viewer=SYSTEM, roles=roles, on=self.on)
                if organisation_id is None
                else accounts.people_over(viewer=SYSTEM, organisation_id=organisation_id, roles=roles, on=self.on)
            )
        return self._over[key]

    def answering(self, signal: Signal) -> tuple[Person, ...]:
        """Those who may own a signal, the nearest first."""
        roles = {Signal.Scope.UNIT: UNIT_ROLES, Signal.Scope.REGION: REGION_ROLES}.get(
            Signal.Scope(signal.scope), SYSTEM_ROLES[:1]
        )
        return self.over(signal.organisation_id, roles)

    def told(self, signal: Signal) -> tuple[Person, ...]:
        """Those who hear of a new signal: its nearest people; of one of the whole system also the executives."""
        if signal.scope == Signal.Scope.SYSTEM:
            return self.over(None, SYSTEM_ROLES)
        near = self.answering(signal)
        first = {near[0].role} if near else set()
        if signal.scope == Signal.Scope.UNIT:
            first |= {"area_officer"} if near and near[0].role == "area_director" else set()
        return tuple(person for person in near if person.role in first)
