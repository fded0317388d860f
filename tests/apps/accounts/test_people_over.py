from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from tests.factories import NOW, TODAY, make_organisations

from sanyan.apps.accounts import actions, queries
from sanyan.apps.accounts.access import SYSTEM, Viewer, viewer_by_id
from sanyan.core.errors import NotFoundError

pytestmark = pytest.mark.django_db
ALL_ROLES = ("area_director", "area_officer", "region_director", "me_officer", "executive")


@pytest.fixture
def ids() -> dict[str, int]:
    return make_organisations()


def person(username: str, *held: tuple[str, int | None], email: str = "") -> Viewer:
    grants = [actions.GrantSpec(role, organisation_id) for role, organisation_id in held]
    actions.create_user(
        by=SYSTEM, username=username, display_name=f"คุณ{username}", password="pass-phrase-2568", grants=grants, now=NOW
    )
    users = get_user_model().objects.filter(username=username)
    users.update(email=email)
    return viewer_by_id(user_id=users.get().pk, on=TODAY)


def found(organisation_id: int, *roles: str, viewer: Viewer = SYSTEM, on: date = TODAY) -> list[tuple[str, str]]:
    people = queries.people_over(viewer=viewer, organisation_id=organisation_id, roles=roles, on=on)
    return [(one.name, one.role) for one in people]


def test_people_over_an_area_are_its_own_and_those_above_in_the_order_of_roles(ids: dict[str, int]) -> None:
    person("b", ("area_officer", ids["A1"]))
    person("a", ("area_officer", ids["A1"]))
    person("director", ("area_director", ids["A1"]))
    person("region", ("region_director", ids["RA"]))
    person("office", ("reviewer", ids["OFF"]))
    person("bureau", ("me_officer", None))
    person("neighbour", ("area_officer", ids["A2"]))
    person("elsewhere", ("region_director", ids["RB"]))
    assert found(ids["A1"], *ALL_ROLES, "reviewer") == [
        ("คุณdirector", "area_director"),
        ("คุณa", "area_officer"),
        ("คุณb", "area_officer"),
        ("คุณregion", "region_director"),
        ("คุณbureau", "me_officer"),
        ("คุณoffice", "reviewer"),
    ]
    assert found(ids["A1"], "region_director") == [("คุณregion", "region_director")]
    assert found(ids["RA"], *ALL_ROLES) == [("คุณregion", "region_director"), ("คุณbureau", "me_officer")]
    assert found(ids["A1"]) == []


def test_a_person_of_two_roles_is_found_once_by_the_first_asked_for(ids: dict[str, int]) -> None:
    person("both", ("area_officer", ids["A1"]), ("area_director", ids["A1"]))
    assert found(ids["A1"], "area_director", "area_officer") == [("คุณboth", "area_director")]
    assert found(ids["A1"], "area_officer") == [("คุณboth", "area_officer")]


def test_roles_that_have_ended_or_not_begun_and_closed_accounts_are_left_out(ids: dict[str, int]) -> None:
    person("was", ("area_officer", ids["A1"]))
    person("closed", ("area_officer", ids["A1"]))
    get_user_model().objects.filter(username="closed").update(is_active=False)
    grant = queries.user(viewer=SYSTEM, username="was", on=TODAY).grants[0]
    actions.end_grant(by=SYSTEM, grant_id=grant.id, now=NOW + timedelta(days=1))
    assert found(ids["A1"], "area_officer") == [("คุณwas", "area_officer")]
    assert found(ids["A1"], "area_officer", on=TODAY + timedelta(days=1)) == []
    assert found(ids["A1"], "area_officer", on=TODAY - timedelta(days=1)) == []


def test_everyone_found_may_see_the_organisation(ids: dict[str, int]) -> None:
    person("region", ("region_director", ids["RA"]))
    for one in queries.people_over(viewer=SYSTEM, organisation_id=ids["A2"], roles=ALL_ROLES, on=TODAY):
        viewer = viewer_by_id(user_id=one.user_id, on=TODAY)
        assert "A2" in {area.code for area in queries.areas(viewer=viewer, on=TODAY)}


def test_addresses_are_told_to_those_who_send_and_to_oneself(ids: dict[str, int]) -> None:
    own = person("own", ("area_officer", ids["A1"]), email="own@example.org")
    peer = person("peer", ("area_director", ids["A1"]), email="peer@example.org")
    bureau = person("bureau", ("me_officer", None))

    def told(viewer: Viewer) -> list[str]:
        roles = ("area_officer", "area_director")
        people = queries.people_over(viewer=viewer, organisation_id=ids["A1"], roles=roles, on=TODAY)
        return [one.email for one in people]

    assert told(SYSTEM) == told(bureau) == ["own@example.org", "peer@example.org"]
    assert told(own) == ["own@example.org", ""]
    assert told(peer) == ["", "peer@example.org"]
    asked = {int(one.user_id or 0) for one in (own, peer)}
    assert set(queries.people(viewer=own, user_ids=asked)) == {own.user_id}
    assert set(queries.people(viewer=SYSTEM, user_ids=asked)) == asked


def test_nobody_learns_who_looks_after_an_office_out_of_sight(ids: dict[str, int]) -> None:
    own = person("own", ("area_officer", ids["A1"]))
    for organisation_id in (ids["A2"], 999_999):
        with pytest.raises(NotFoundError):
            found(organisation_id, *ALL_ROLES, viewer=own)
    with pytest.raises(NotFoundError):
        found(999_999, *ALL_ROLES)
