from __future__ import annotations

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sanyan.apps.accounts import access, actions, queries
from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.accounts.actions import GrantSpec
from sanyan.apps.accounts.models import Grant, User
from sanyan.apps.audit import queries as audit
from sanyan.apps.organisations import actions as organisations
from sanyan.apps.organisations.actions import OrganisationRow
from sanyan.apps.organisations.models import Organisation
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 7, 2)
PASSWORD = "ดีพอสำหรับทดสอบ"


@pytest.fixture
def area_id() -> int:
    row = OrganisationRow(code="A", kind="area", name_th="เขต ก")
    return organisations.create_organisation(by=SYSTEM, row=row, valid_from=TODAY, now=NOW).id


def created(username: str = "somying", **other: Any) -> queries.UserInfo:
    whole: dict[str, Any] = {"display_name": "สมหญิง", "password": PASSWORD, "by": SYSTEM, "now": NOW}
    return actions.create_user(username=username, **(whole | other))


def viewer_of(username: str, on: date = TODAY) -> Viewer:
    return access.viewer_for(User.objects.get(username=username), on=on)


def test_an_account_is_made_with_its_roles_and_a_trace(area_id: int) -> None:
    made = created(grants=[GrantSpec("area_officer", area_id)])
    assert [(grant.role, grant.organisation_th) for grant in made.grants] == [("area_officer", "เขต ก")]
    assert viewer_of("somying").has("area_officer")
    trail = audit.entries(object_type="user", object_id=str(made.id))
    assert [entry.action for entry in trail] == ["accounts.grant_role", "accounts.create_user"]
    assert PASSWORD not in repr(trail)
    assert access.viewer_by_id(user_id=made.id, on=TODAY) == viewer_of("somying")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"username": "taken"}, "username-taken"),
        ({"username": "has space"}, "account-malformed"),
        ({"username": "x" * 151}, "account-malformed"),
        ({"password": "short"}, "password-weak"),
        ({"password": "password123"}, "password-weak"),
        ({"grants": [GrantSpec("executive", 1)]}, "grant-does-not-fit"),
        ({"grants": [GrantSpec("area_officer")]}, "grant-does-not-fit"),
        ({"grants": [GrantSpec("emperor")]}, "grant-does-not-fit"),
    ],
)
def test_an_account_that_cannot_be_is_refused_whole(wrong: dict[str, Any], code: str) -> None:
    created("taken")
    with pytest.raises(BadInputError) as refused:
        created(**({"username": "new"} | wrong))
    assert refused.value.code == code
    assert list(User.objects.values_list("username", flat=True)) == ["taken"]


def test_only_those_who_manage_make_accounts_and_see_them(area_id: int) -> None:
    created("officer", grants=[GrantSpec("me_officer")])
    created("area", grants=[GrantSpec("area_director", area_id)])
    assert created("more", by=viewer_of("officer")).username == "more"
    for viewer in (viewer_of("area"), Viewer(user_id=None, name="-")):
        with pytest.raises(NotFoundError):
            created("never", by=viewer)
        with pytest.raises(NotFoundError):
            queries.users(viewer=viewer, on=TODAY)
        with pytest.raises(NotFoundError):
            actions.grant_role(by=viewer, username="area", role="executive", organisation_id=None, now=NOW)
    assert queries.me(viewer=viewer_of("area"), on=TODAY).username == "area"


def test_a_role_ended_today_is_gone_today_and_was_held_before(area_id: int) -> None:
    created()
    actions.grant_role(by=SYSTEM, username="somying", role="reviewer", organisation_id=area_id, now=NOW)
    with pytest.raises(NothingToDoError):
        actions.grant_role(by=SYSTEM, username="somying", role="reviewer", organisation_id=area_id, now=NOW)
    (grant,) = queries.user(viewer=SYSTEM, username="somying", on=TODAY).grants
    later = NOW + timedelta(days=3)
    actions.end_grant(by=SYSTEM, grant_id=grant.id, now=later)
    assert not viewer_of("somying", on=later.date()).has("reviewer")
    assert viewer_of("somying", on=later.date() - timedelta(days=1)).has("reviewer")
    with pytest.raises(NothingToDoError):
        actions.end_grant(by=SYSTEM, grant_id=grant.id, now=later)


def test_a_role_given_and_ended_on_one_day_leaves_only_its_trace(area_id: int) -> None:
    made = created(grants=[GrantSpec("reviewer", area_id)])
    actions.end_grant(by=SYSTEM, grant_id=made.grants[0].id, now=NOW)
    assert not Grant.objects.exists()
    assert audit.entries(object_type="user", object_id=str(made.id))[0].action == "accounts.end_grant"


def test_a_closed_account_holds_nothing() -> None:
    created(grants=[GrantSpec("executive")])
    User.objects.update(is_active=False)
    assert viewer_of("somying").grants == ()


def test_wishes_are_ones_own(area_id: int) -> None:
    created()
    actions.set_preferences(by=viewer_of("somying"), language="en", thai_digits=True, now=NOW)
    me = queries.me(viewer=viewer_of("somying"), on=TODAY)
    assert (me.language, me.thai_digits) == ("en", True)
    with pytest.raises(BadInputError):
        actions.set_preferences(by=viewer_of("somying"), language="xx", thai_digits=False, now=NOW)
    with pytest.raises(NotFoundError):
        actions.set_preferences(by=SYSTEM, language="th", thai_digits=False, now=NOW)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_demo_accounts_are_one_a_role_with_passwords_only_the_owner_can_read(home: Path) -> None:
    organisations.load_registry(by=SYSTEM, now=NOW)
    made = actions.make_demo_accounts(by=SYSTEM, now=NOW)
    assert {account.role for account in made} == {
        "executive",
        "me_officer",
        "region_director",
        "area_officer",
        "area_director",
        "reviewer",
    }
    assert len({account.password for account in made}) == len(made)
    file = home / "demo_accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for account in made:
        user = User.objects.get(username=account.username)
        assert user.is_demo
        assert user.check_password(account.password)
        assert account.password in file.read_text(encoding="utf-8")


def test_demo_accounts_made_again_keep_their_passwords_and_a_lost_file_renews_them(home: Path) -> None:
    first = actions.make_demo_accounts(by=SYSTEM, now=NOW)
    assert actions.make_demo_accounts(by=SYSTEM, now=NOW) == first
    (home / "demo_accounts.txt").unlink()
    renewed = actions.make_demo_accounts(by=SYSTEM, now=NOW)
    assert renewed != first
    assert User.objects.get(username=renewed[0].username).check_password(renewed[0].password)


def test_without_the_registry_only_roles_over_everything_get_a_demo_account(home: Path) -> None:
    made = actions.make_demo_accounts(by=SYSTEM, now=NOW)
    assert {account.role for account in made} == {"executive", "me_officer"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "executive", "at_area": True},
        {"role": "area_officer", "at_area": False},
        {"role": "area_officer", "at_area": True, "valid_to": TODAY},
        {"role": "reviewer", "at_area": True},
        {"role": "me_officer", "at_area": False},
    ],
)
def test_the_database_refuses_a_grant_that_cannot_be(area_id: int, wrong: dict[str, Any]) -> None:
    created(grants=[GrantSpec("reviewer", area_id), GrantSpec("me_officer")])
    place = Organisation.objects.get(pk=area_id) if wrong.pop("at_area") else None
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=User.objects.get(), organisation=place, valid_from=TODAY, **wrong)


def test_mail_goes_where_who_manages_says_and_the_trail_keeps_no_address() -> None:
    User.objects.create(username="somsri")
    actions.set_email(by=SYSTEM, username="somsri", email=" somsri@example.go.th ", now=NOW)
    assert User.objects.get(username="somsri").email == "somsri@example.go.th"
    (entry,) = audit.recent(organisation_ids=None, actions=frozenset({"accounts.set_email"}))
    assert "example" not in str(entry.detail)
    with pytest.raises(BadInputError):
        actions.set_email(by=SYSTEM, username="somsri", email="no address", now=NOW)
    actions.set_email(by=SYSTEM, username="somsri", email="", now=NOW)
    assert User.objects.get(username="somsri").email == ""
