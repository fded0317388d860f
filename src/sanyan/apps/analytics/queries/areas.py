from __future__ import annotations

from datetime import date

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.analytics.queries.cube import RoundCube, round_cube
from sanyan.apps.analytics.queries.history import history
from sanyan.apps.analytics.queries.standings import common_shares, figures_by_area, standing, tally
from sanyan.apps.analytics.queries.types import AreaProfile, AreaRef, AreaSection, PeerFigure
from sanyan.apps.collection import queries as collection
from sanyan.apps.collection.queries import AnswerRow
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Indicator, Kind


def area_profile(*, viewer: Viewer, organisation_id: int, round_id: int, today: date) -> AreaProfile:
    """One area in a round. NotFoundError for an area outside the viewer's scope or never asked in the round."""
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    cube = round_cube(round_id=round_id)
    area = next((ref for ref in cube.areas.values() if ref.id == organisation_id), None)
    rows = {row.organisation_id: row for row in collection.expected(viewer=viewer, round_id=round_id)}
    if area is None or organisation_id not in rows:
        raise NotFoundError(f"area {organisation_id} in round {round_id}")
    answers = collection.answers_of_organisations(viewer=viewer, round_id=round_id, organisation_ids=[organisation_id])
    figures = figures_by_area(cube)
    row = rows[organisation_id]
    return AreaProfile(
        area=area,
        round_id=round_id,
        standing=standing(
            area,
            figures.get(area.code, []),
            common_shares(cube, figures).get(area.area_type),
            row,
            late=row.is_late(today=today),
        ),
        peers=_peer_count(cube, area),
        sections=_sections(cube, area, answers),
        history=history(cube, organisation=area.code),
        narratives=_narratives(cube, area, answers),
        source=cube.source,
    )


def _peer_count(cube: RoundCube, area: AreaRef) -> int:
    codes = {code for code, _ in cube.cells if code in cube.areas}
    return sum(cube.areas[code].area_type == area.area_type for code in codes)


def _sections(cube: RoundCube, area: AreaRef, answers: dict[tuple[int, str], AnswerRow]) -> tuple[AreaSection, ...]:
    sections = []
    for policy in cube.framework.policy_areas:
        figures = tuple(
            _peer_figure(cube, area, item, answers.get((area.id, item.code)))
            for item in cube.framework.indicators
            if item.policy_area == policy.code
            and item.kind is not Kind.NARRATIVE
            and (area.code, item.code) in cube.cells
        )
        if figures:
            counted = tally(figure.figure for figure in figures)
            sections.append(AreaSection(policy.code, policy.name_th, policy.name_en, counted, figures))
    return tuple(sections)


def _peer_figure(cube: RoundCube, area: AreaRef, indicator: Indicator, answer: AnswerRow | None) -> PeerFigure:
    return PeerFigure(
        figure=cube.cells[area.code, indicator.code],
        origin=answer.origin if answer else "",
        note=answer.note if answer else "",
        peers=cube.spreads.get((area.area_type, indicator.code)),
    )


def _narratives(
    cube: RoundCube, area: AreaRef, answers: dict[tuple[int, str], AnswerRow]
) -> tuple[tuple[Indicator, dict[str, str]], ...]:
    found = ((item, answers.get((area.id, item.code))) for item in cube.framework.indicators)
    return tuple((item, row.text) for item, row in found if row is not None and row.text)
