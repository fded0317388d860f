from __future__ import annotations

import math
from datetime import date

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.cases import access
from sanyan.apps.cases.models import CaseField
from sanyan.apps.cases.queries.library import LIBRARY, NEEDS, Places, described, library
from sanyan.apps.cases.queries.types import CaseFilter, CaseInfo, Match
from sanyan.apps.collection import queries as collection
from sanyan.apps.organisations import queries as organisations
from sanyan.core.cases.suitability import Alike, AreaPlace, CasePlace, Suitability, suits
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.values import Attainment

_WORKS = ("success_factors", "process", "qualitative", "innovation")
_NEARNESS = {Alike.CLOSE: 0, Alike.FAIR: 1, Alike.UNKNOWN: 2, Alike.FAR: 3}
CONDITIONS_SHOWN = 6


def similar_to_my_area(
    *, viewer: Viewer, organisation_id: int, round_id: int, today: date, only: CaseFilter = LIBRARY
) -> tuple[Match, ...]:
    """Published cases held against one area in the viewer's sight, the most alike first; its own are left out."""
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    area = _Area(viewer, organisation_id, round_id, today)
    cases = [case for case in library(viewer=viewer, today=today, only=only) if case.place.id != organisation_id]
    conditions = _conditions(viewer, [case.id for case in cases], today)
    found = [Match(case, area.held_against(case, conditions.get(case.id, ()))) for case in cases]
    return tuple(
        sorted(
            found, key=lambda m: (_NEARNESS[m.suits.alike], m.suits.distance or math.inf, -m.suits.in_place, m.case.id)
        )
    )


def suits_my_area(*, viewer: Viewer, case_id: int, organisation_id: int, round_id: int, today: date) -> Match:
    """One case that the viewer may see, held against one area in sight."""
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    row = access.case(viewer=viewer, id=case_id)
    case = described(viewer, access.visible_cases(viewer=viewer).filter(pk=row.pk), today)[0]
    area = _Area(viewer, organisation_id, round_id, today)
    return Match(case, area.held_against(case, _conditions(viewer, [case.id], today).get(case.id, ())))


class _Area:
    """One area as cases are held against it, looked up once."""

    def __init__(self, viewer: Viewer, organisation_id: int, round_id: int, today: date) -> None:
        self._viewer, self._id, self._round_id = viewer, organisation_id, round_id
        self._info = organisations.organisation(organisation_id=organisation_id, on=today)
        self._distances = self._peers()
        self._needs = self._attainments(today)
        rows = collection.answers_of_round(viewer=viewer, round_id=round_id, organisation_ids=[organisation_id])
        self._texts = tuple(row.text[key] for row in rows for key in _WORKS if row.text.get(key))

    def held_against(self, case: CaseInfo, conditions: tuple[str, ...]) -> Suitability:
        distance = None if self._distances is None else self._distances.get(case.place.id, math.inf)
        return suits(
            CasePlace(case.place.area_type, case.place.schools, conditions),
            AreaPlace(
                area_type=self._info.area_type,
                schools=self._info.schools,
                distance=distance,
                has_need=self._needs.get(case.indicator_code),
                texts=self._texts,
            ),
        )

    def _peers(self) -> dict[int, float] | None:
        try:
            group = analytics.peer_group(viewer=self._viewer, organisation_id=self._id, round_id=self._round_id)
        except NotFoundError:  # no area of this round
            return None
        return {peer.area.id: peer.distance for peer in group.peers} or None

    def _attainments(self, today: date) -> dict[str, bool]:
        try:
            profile = analytics.area_profile(
                viewer=self._viewer, organisation_id=self._id, round_id=self._round_id, today=today
            )
        except NotFoundError:
            return {}
        figures = [item.figure for section in profile.sections for item in section.figures]
        judged = [figure for figure in figures if figure.attainment is not Attainment.UNKNOWN]
        return {figure.indicator.code: figure.attainment is not Attainment.MET for figure in judged}


def _conditions(viewer: Viewer, ids: list[int], today: date) -> dict[int, tuple[str, ...]]:
    """What each card says must be in place, as the viewer may read it."""
    rows = CaseField.objects.filter(case__in=ids, field__in=NEEDS).select_related("case").order_by("pk")
    held = [row for row in rows if row.value]
    places = Places.of(viewer, {row.case.organisation_id for row in held}, today)
    found: dict[int, tuple[str, ...]] = {}
    for row in held:
        lines = (places.shown(line, row.case.organisation_id) for line in row.value.split("\n") if line.strip())
        found[row.case_id] = (*found.get(row.case_id, ()), *lines)[:CONDITIONS_SHOWN]
    return found
