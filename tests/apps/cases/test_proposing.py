"""Candidates come from figures over at least two rounds, from reports and from people; never twice, and kept apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q
from tests.factories import NOW, TODAY, World, certify, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.audit.models import AuditEntry
from sanyan.apps.cases import actions, queries
from sanyan.apps.cases.models import Case, Pairing
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState

pytestmark = pytest.mark.django_db


def nominate(world: World, **changes: Any) -> int:
    given: dict[str, Any] = {
        "by": world.officer("A2"),
        "organisation_id": world.ids["A2"],
        "round_id": world.round.id,
        "policy_area": "SAF",
        "indicator_code": "SAF-01",
        "title": "ตลาดนัดความปลอดภัย",
        "why": "ทำได้จริงและโรงเรียนเล็กก็ทำได้",
        "texts": {"process": "ครูและผู้ปกครองเดินสำรวจจุดเสี่ยงร่วมกัน"},
        "now": NOW,
    }
    return actions.nominate(**{**given, **changes})


def test_an_area_above_its_context_in_two_rounds_is_proposed_beside_a_weak_one(
    world: World, outliers: Callable[..., None]
) -> None:
    outliers(("A1", "SAF-01", (2567, 2568)), ("A2", "SAF-01", (2568,)))
    told = actions.propose_from_outliers(by=SYSTEM, round_id=world.round.id, now=NOW)
    assert (told.found, told.new, told.too_few, told.unpaired) == (2, 1, 1, 0)
    case = Case.objects.get()
    assert (case.organisation_id, case.indicator_code, case.origin) == (world.ids["A1"], "SAF-01", "positive_outlier")
    assert (case.figures["before"], case.figures["after"], case.figures["n"]) == (75.0, 85.0, 1000.0)
    pair = Pairing.objects.get(case=case)
    assert pair.organisation_id == world.ids["B2"]
    assert pair.figures["after"] == 40.0
    assert pair.why_th
    assert pair.why_en


def test_looking_again_proposes_nothing_twice(world: World, outliers: Callable[..., None]) -> None:
    outliers(("A1", "SAF-01", (2567, 2568)))
    first = actions.look_over(by=SYSTEM, round_id=world.round.id, now=NOW)
    again = actions.look_over(by=SYSTEM, round_id=world.round.id, now=NOW)
    assert (first["new"], again["new"], again["known"], again["drafted"]) == (2, 0, 2, 0)


def test_a_case_offered_in_a_report_is_a_nomination_with_its_quoted_figure(library: dict[str, int]) -> None:
    case = Case.objects.get(pk=library["nomination"])
    assert (case.indicator_code, case.policy_area, case.title) == ("SAF-01", "SAF", "ครูพี่เลี้ยงช่วยอ่าน")
    assert case.nomination.via == "report"
    assert case.figures["after"] == 85.0


def test_an_offer_under_a_title_that_nobody_can_see_stops_no_other(world: World) -> None:
    unseen = FilledAnswer("QUA-04", AnswerState.REPORTED, text={"title": "\u200b", "alignment": "ความปลอดภัย"})
    certify(world, "B3", unseen)
    told = actions.propose_from_reports(by=SYSTEM, round_id=world.round.id, now=NOW)
    assert (told.new, told.too_few) == (1, 1)


def test_an_area_puts_its_own_case_forward_and_not_twice(world: World) -> None:
    case = Case.objects.get(pk=nominate(world))
    assert (case.origin, case.state, case.nomination.via) == ("nomination", "candidate", "page")
    assert [row.field_key for row in case.sources.all()] == ["process"]
    with pytest.raises(NothingToDoError):
        nominate(world)


@pytest.mark.parametrize(
    "change", [{"title": " "}, {"title": "\u200b"}, {"why": ""}, {"policy_area": "X"}, {"indicator_code": "QUA-01"}]
)
def test_what_cannot_be_used_is_refused_and_nothing_kept(world: World, change: dict[str, str]) -> None:
    with pytest.raises(BadInputError):
        nominate(world, **change)
    assert not Case.objects.exists()


def test_nobody_puts_forward_for_another_area_or_looks_without_leave(world: World) -> None:
    with pytest.raises(NotFoundError):
        nominate(world, by=world.officer("B1"))
    with pytest.raises(NotAllowedError):
        nominate(world, by=viewer("region_director", world.ids["RA"]))
    with pytest.raises(NotAllowedError):
        actions.propose_from_reports(by=viewer("executive"), round_id=world.round.id, now=NOW)


def test_every_deed_leaves_its_trace(library: dict[str, int]) -> None:
    about = Q(action__startswith="cases.")
    done = list(AuditEntry.objects.filter(about).order_by("pk").values_list("action", flat=True))
    assert done == [
        "cases.propose",
        "cases.look",
        "cases.nominate",
        "cases.read_reports",
        "cases.draft",
        "cases.draft",
    ]


def test_candidates_are_seen_within_scope_and_the_library_by_everyone(library: dict[str, int], world: World) -> None:
    near, far = world.officer("A1"), world.officer("B1")
    assert len(queries.candidates(viewer=near, today=TODAY)) == 2
    assert queries.candidates(viewer=far, today=TODAY) == ()
    with pytest.raises(NotFoundError):
        queries.case(viewer=far, case_id=library["nomination"], today=TODAY)
    actions.verify(by=SYSTEM, case_id=library["nomination"], now=NOW)
    actions.publish(by=SYSTEM, case_id=library["nomination"], now=NOW)
    assert [case.id for case in queries.library(viewer=far, today=TODAY)] == [library["nomination"]]
    assert [c.id for c in queries.cases_for(viewer=far, today=TODAY, indicator_code="SAF-01")] == [
        library["nomination"]
    ]
    assert queries.cases_for(viewer=far, today=TODAY, organisation_id=world.ids["B2"]) == ()
    assert queries.library(viewer=viewer("participant"), today=TODAY) == ()
