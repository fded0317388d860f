from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.audit import queries as audit
from sanyan.apps.organisations import actions, queries
from sanyan.apps.organisations.actions import OrganisationRow
from sanyan.apps.organisations.models import Alias, Organisation, TargetGroup, TargetGroupMember, Tie
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 7, 2)
START = date(2024, 10, 1)


@pytest.fixture
def ids() -> dict[str, int]:
    rows = [
        OrganisationRow(code="O", kind="office", name_th="สำนักงาน"),
        OrganisationRow(code="R1", kind="region", name_th="เขตตรวจ 1", parent_code="O"),
        OrganisationRow(code="R2", kind="region", name_th="เขตตรวจ 2", parent_code="O"),
        OrganisationRow(code="A", kind="area", name_th="เขต ก", parent_code="O", region_code="R1"),
    ]
    actions.import_organisations(by=SYSTEM, rows=rows, valid_from=START, now=NOW)
    return dict(Organisation.objects.values_list("code", "pk"))


def moved(ids: dict[str, int], to: str = "R2", on: date = TODAY, scheme: str = "inspection") -> None:
    actions.move(by=SYSTEM, child_id=ids["A"], parent_id=ids[to], scheme=scheme, on=on, now=NOW)


def below(ids: dict[str, int], code: str) -> bool:
    return ids["A"] in queries.with_descendants(organisation_ids=frozenset({ids[code]}))


def test_a_move_keeps_where_the_area_stood_before_and_moves_sight_at_once(ids: dict[str, int]) -> None:
    moved(ids, on=date(2026, 1, 1))
    before = queries.organisation(organisation_id=ids["A"], on=date(2025, 12, 31))
    after = queries.organisation(organisation_id=ids["A"], on=date(2026, 1, 1))
    assert (before.region_code, after.region_code) == ("R1", "R2")
    assert (below(ids, "R1"), below(ids, "R2")) == (False, True)
    trail = audit.entries(object_type="organisation", object_id=str(ids["A"]))
    assert (trail[0].action, trail[0].detail["to"]) == ("organisations.move", "R2")


def test_a_move_to_where_it_stands_is_nothing_to_do(ids: dict[str, int]) -> None:
    with pytest.raises(NothingToDoError):
        moved(ids, to="R1")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"on": date(2026, 7, 3)}, "day-in-future"),
        ({"on": START}, "tie-began-later"),
        ({"to": "O"}, "parent-not-above"),
        ({"to": "A"}, "parent-not-above"),
        ({"scheme": "friendship"}, "parent-not-above"),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_changes_nothing(
    ids: dict[str, int], wrong: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        moved(ids, **wrong)
    assert refused.value.code == code
    assert below(ids, "R1")


def test_a_closed_area_is_gone_from_the_list_of_later_days_only(ids: dict[str, int]) -> None:
    actions.close_organisation(by=SYSTEM, organisation_id=ids["A"], on=date(2026, 1, 1), now=NOW)
    assert [area.code for area in queries.areas(on=date(2025, 12, 31))] == ["A"]
    assert queries.areas(on=date(2026, 1, 1)) == ()
    assert not below(ids, "R1")
    with pytest.raises(NothingToDoError):
        actions.close_organisation(by=SYSTEM, organisation_id=ids["A"], on=TODAY, now=NOW)


def test_an_organisation_with_others_below_it_is_not_closed(ids: dict[str, int]) -> None:
    with pytest.raises(BadInputError, match="below"):
        actions.close_organisation(by=SYSTEM, organisation_id=ids["R1"], on=TODAY, now=NOW)


def test_an_alias_holds_for_its_days(ids: dict[str, int]) -> None:
    actions.add_alias(by=SYSTEM, organisation_id=ids["A"], text="สพม.เขต 25", valid_to=date(2021, 2, 1), now=NOW)
    assert [found.code for found in queries.find_by_name(text="สพม. เขต 25", on=date(2021, 1, 31))] == ["A"]
    assert queries.find_by_name(text="สพม. เขต 25", on=TODAY) == ()
    with pytest.raises(NothingToDoError):
        actions.add_alias(by=SYSTEM, organisation_id=ids["A"], text="สพม.เขต 25", now=NOW)
    with pytest.raises(BadInputError):
        actions.add_alias(by=SYSTEM, organisation_id=ids["A"], text=" - ", now=NOW)


def test_a_name_that_two_bear_finds_both(ids: dict[str, int]) -> None:
    for code in ("R1", "R2"):
        actions.add_alias(by=SYSTEM, organisation_id=ids[code], text="ภาคเหนือ", now=NOW)
    assert [found.code for found in queries.find_by_name(text="ภาคเหนือ", on=TODAY)] == ["R1", "R2"]


def test_one_organisation_is_made_or_refused_with_the_reason(ids: dict[str, int]) -> None:
    row = OrganisationRow(code="B", kind="area", name_th="เขต ข", parent_code="O")
    made = actions.create_organisation(by=SYSTEM, row=row, valid_from=START, now=NOW)
    assert (made.code, made.short_th, made.parent_id) == ("B", "เขต ข", ids["O"])
    with pytest.raises(BadInputError, match="code-taken"):
        actions.create_organisation(by=SYSTEM, row=row, valid_from=START, now=NOW)
    with pytest.raises(BadInputError, match="kind-unknown"):
        actions.create_organisation(
            by=SYSTEM, row=OrganisationRow(code="C", kind="x", name_th="ค"), valid_from=START, now=NOW
        )


def test_an_unknown_organisation_is_not_found(ids: dict[str, int]) -> None:
    with pytest.raises(NotFoundError):
        queries.organisation(organisation_id=max(ids.values()) + 1, on=TODAY)
    with pytest.raises(NotFoundError):
        actions.add_alias(by=SYSTEM, organisation_id=max(ids.values()) + 1, text="ก", now=NOW)


def test_a_drawn_group_keeps_its_quotas_and_can_be_drawn_again() -> None:
    actions.load_registry(by=SYSTEM, now=NOW)

    def drawn(name: str) -> queries.TargetGroupInfo:
        return actions.draw_target_group(by=SYSTEM, name_th=name, purpose_th="ติดตามออนไลน์", size=85, seed=2568, now=NOW)

    group, again = drawn("รอบ 9 เดือน"), drawn("ทำซ้ำ")
    assert len(group.members) == group.size == 85
    assert group.members == again.members
    strata: Any = group.method["strata"]
    assert sum(stratum["quota"] for stratum in strata) == 85
    assert all(len(stratum["drawn"]) == stratum["quota"] <= stratum["population"] for stratum in strata)
    pairs = {(stratum["region"], stratum["area_type"]) for stratum in strata}
    assert {(s["region"], s["area_type"]) for s in strata if s["quota"]} == pairs
    assert [found.name_th for found in queries.target_groups()] == ["ทำซ้ำ", "รอบ 9 เดือน"]
    with pytest.raises(BadInputError, match="group-name-taken"):
        drawn("ทำซ้ำ")


@pytest.mark.parametrize("size", [5, 246])
def test_a_group_that_the_quotas_cannot_fill_is_refused(size: int) -> None:
    actions.load_registry(by=SYSTEM, now=NOW)
    with pytest.raises(BadInputError, match="group-size-out-of-reach"):
        actions.draw_target_group(by=SYSTEM, name_th="ก", purpose_th="", size=size, seed=1, now=NOW)
    assert not TargetGroup.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": 1.0},
        {"latitude": 91.0, "longitude": 0.0},
        {"opened_on": TODAY, "closed_on": START},
        {"name_th": ""},
        {"short_th": ""},
        {"code": ""},
        {"code": "A"},
    ],
)
def test_the_database_refuses_an_organisation_that_cannot_be(ids: dict[str, int], wrong: dict[str, Any]) -> None:
    whole = {"kind": "area", "code": "N", "name_th": "ก", "short_th": "ก"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(**(whole | wrong))


@pytest.mark.parametrize(
    ("parent", "start", "end"),
    [
        ("R2", date(2025, 1, 1), None),  # two open parents
        ("A", date(2025, 1, 1), TODAY),  # itself
        ("R2", TODAY, START),  # ends before it begins
        ("R2", START, TODAY),  # two ties from one day
    ],
)
def test_the_database_refuses_a_tie_that_cannot_be(
    ids: dict[str, int], parent: str, start: date, end: date | None
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(
            child_id=ids["A"], parent_id=ids[parent], scheme="inspection", valid_from=start, valid_to=end
        )


def test_the_database_refuses_a_doubled_or_inverted_alias_and_a_doubled_member(ids: dict[str, int]) -> None:
    same = {"organisation_id": ids["A"], "kind": "name", "normalised": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Alias.objects.create(**same, text="เขต ก")
    with pytest.raises(IntegrityError), transaction.atomic():
        Alias.objects.create(**same, text="อื่น", valid_from=TODAY, valid_to=START)
    group = TargetGroup.objects.create(name_th="ก", size=1, seed=1, drawn_at=NOW, drawn_by="ก")
    TargetGroupMember.objects.create(group=group, organisation_id=ids["A"], stratum="s")
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetGroupMember.objects.create(group=group, organisation_id=ids["A"], stratum="s")
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetGroup.objects.create(name_th="ก", size=1, seed=1, drawn_at=NOW, drawn_by="ก")
