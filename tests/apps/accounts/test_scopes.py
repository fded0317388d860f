from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.apps.accounts import access, queries
from sanyan.apps.accounts.access import CAPABILITIES, SYSTEM, Capability, HeldGrant, Viewer
from sanyan.apps.accounts.models import Role
from sanyan.apps.organisations import actions as organisations
from sanyan.apps.organisations.models import Organisation, Tie
from sanyan.core.errors import NotAllowedError, NotFoundError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 7, 2)
KINDS = ["office", "region", "area", "school"]


@st.composite
def forests(draw: st.DrawFn) -> list[tuple[str, int | None, int | None, bool]]:
    """Kind, an earlier node above it in each scheme or None, and whether the second tie has ended."""
    nodes: list[tuple[str, int | None, int | None, bool]] = []
    for number in range(draw(st.integers(1, 14))):
        kind = draw(st.sampled_from(KINDS))
        above = [key for key in range(number) if KINDS.index(nodes[key][0]) < KINDS.index(kind)]
        parents = st.none() if not above else st.one_of(st.none(), st.sampled_from(above))
        nodes.append((kind, draw(parents), draw(parents), draw(st.booleans())))
    return nodes


def planted(nodes: list[tuple[str, int | None, int | None, bool]]) -> tuple[list[int], dict[int, set[int]]]:
    """Ids of the nodes, and the children of each by open ties."""
    ids = [
        Organisation.objects.create(kind=kind, code=f"n{number}", name_th="ก", short_th="ก").pk
        for number, (kind, *_) in enumerate(nodes)
    ]
    children: dict[int, set[int]] = {key: set() for key in ids}
    for child, (_, over, inspected, ended) in zip(ids, nodes, strict=True):
        for scheme, parent in (("administrative", over), ("inspection", inspected)):
            if parent is not None:
                is_open = scheme == "administrative" or not ended
                Tie.objects.create(
                    child_id=child,
                    parent_id=ids[parent],
                    scheme=scheme,
                    valid_from=date(2025, 1, 1),
                    valid_to=None if is_open else date(2026, 1, 1),
                )
                if is_open:
                    children[ids[parent]].add(child)
    return ids, children


def reached(roots: set[int], children: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    while roots:
        found |= roots
        roots = {child for root in roots for child in children[root]} - found
    return found


@settings(deadline=None, max_examples=40)
@given(forests(), st.data())
def test_what_is_seen_is_what_is_granted_and_all_below_it_and_never_more(
    nodes: list[tuple[str, int | None, int | None, bool]], data: st.DataObject
) -> None:
    with transaction.atomic():
        ids, children = planted(nodes)
        held = data.draw(
            st.lists(
                st.tuples(
                    st.sampled_from([role for role in Role.values if role not in ("executive", "me_officer")]),
                    st.sampled_from(ids),
                ),
                max_size=3,
            )
        )
        viewer = Viewer(user_id=1, name="ก", grants=tuple(HeldGrant(*grant) for grant in held))
        for capability in Capability:
            roots = {key for role, key in held if capability in CAPABILITIES[role]}
            scope = access.organisations_where(viewer=viewer, capability=capability)
            assert not scope.everything
            assert scope.ids == reached(roots, children)
        transaction.set_rollback(True)


def region_director() -> Viewer:
    organisations.load_registry(by=SYSTEM, now=NOW)
    region = Organisation.objects.get(code="R12")
    return Viewer(user_id=1, name="ก", grants=(HeldGrant("region_director", region.pk),))


def test_a_region_director_sees_the_region_and_its_areas_only() -> None:
    viewer = region_director()
    assert {area.region_code for area in queries.areas(viewer=viewer, on=TODAY)} == {"R12"}
    assert len(queries.areas(viewer=viewer, on=TODAY)) == 18
    assert queries.organisation(viewer=viewer, code="4001", on=TODAY).code == "4001"


def test_what_is_out_of_sight_looks_like_what_does_not_exist() -> None:
    viewer = region_director()
    said = []
    for code in ("2001", "nothing"):
        with pytest.raises(NotFoundError) as refused:
            queries.organisation(viewer=viewer, code=code, on=TODAY)
        said.append((refused.value.code, refused.value.th, type(refused.value)))
    assert said[0] == said[1]


def test_the_gate_tells_not_found_from_not_allowed_only_within_sight() -> None:
    viewer = region_director()
    inside = Organisation.objects.get(code="4001").pk
    outside = Organisation.objects.get(code="2001").pk
    access.require(viewer=viewer, capability=Capability.SEE, organisation_id=inside)
    with pytest.raises(NotAllowedError):
        access.require(viewer=viewer, capability=Capability.CERTIFY, organisation_id=inside)
    with pytest.raises(NotFoundError):
        access.require(viewer=viewer, capability=Capability.CERTIFY, organisation_id=outside)


def test_someone_without_grants_sees_nothing_and_the_product_itself_everything() -> None:
    organisations.load_registry(by=SYSTEM, now=NOW)
    assert queries.areas(viewer=Viewer(user_id=1, name="ก"), on=TODAY) == ()
    assert len(queries.areas(viewer=SYSTEM, on=TODAY)) == 245


def test_sight_costs_two_queries_for_a_region_and_one_for_an_area() -> None:
    viewer = region_director()
    area = Viewer(user_id=1, name="ก", grants=(HeldGrant("area_officer", Organisation.objects.get(code="4001").pk),))
    for asker, most in ((viewer, 2), (area, 1)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            access.visible_organisations(viewer=asker)
        assert len(asked) == most
