from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.core.forms.framework_samples import level, narrative, percent, small_framework

from sanyan.apps.accounts.access import SYSTEM, HeldGrant, Viewer
from sanyan.apps.accounts.models import Role
from sanyan.apps.audit.models import AuditEntry
from sanyan.apps.frameworks import actions, queries
from sanyan.apps.frameworks.models import Framework as FrameworkRow
from sanyan.apps.frameworks.models import FrameworkVersion, Indicator, Round
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError
from sanyan.core.forms.framework_faults import FrameworkFaultsError
from sanyan.core.forms.framework_workbook import framework_workbook
from sanyan.core.forms.framework_yaml import dump_yaml
from sanyan.core.indicators.definitions import Framework, Target
from sanyan.core.rounds import RoundKey
from sanyan.engines.documents.excel import write_workbook

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 6, 1, 9, tzinfo=UTC)
LATER = datetime(2025, 7, 1, 9, tzinfo=UTC)
OFFICER = Viewer(user_id=1, name="สมใจ", grants=(HeldGrant(Role.ME_OFFICER, None),))
EXECUTIVE = Viewer(user_id=2, name="ผู้บริหาร", grants=(HeldGrant(Role.EXECUTIVE, None),))
STRANGER = Viewer(user_id=None, name="-")


def published(definition: Framework | None = None, *, now: datetime = NOW) -> int:
    """Save and publish; the id of the version."""
    saved = actions.save_draft(by=OFFICER, definition=definition or small_framework(), now=now)
    return actions.publish(by=OFFICER, framework_code=saved.framework_code, now=now)


def harder() -> Framework:
    return small_framework(indicators=(percent(targets=(Target(6, 85.0),)), level(), narrative()))


def open_month(month: int, *, year: int = 2568, practice: bool = False, state: str = "open") -> int:
    return actions.open_round(
        by=OFFICER,
        framework_code="SMALL",
        key=RoundKey(year, month),
        opens_on=date(2025, 4, 1),
        due_on=date(2025, 4, 30),
        is_practice=practice,
        state=state,
        now=NOW,
    )


def test_a_draft_is_stored_once_and_then_replaced() -> None:
    first = actions.save_draft(by=OFFICER, definition=small_framework(), now=NOW)
    second = actions.save_draft(by=OFFICER, definition=harder(), now=LATER)
    assert (first.version_id, first.number) == (second.version_id, 1)
    view = queries.framework_version(viewer=EXECUTIVE, version_id=second.version_id)
    assert view.definition == harder()
    assert view.state == "draft"


def test_an_unfinished_draft_is_stored_with_its_faults_listed() -> None:
    saved = actions.save_draft(by=OFFICER, definition=small_framework(checked_by="", owner=""), now=NOW)
    assert {(fault.sheet, fault.cell) for fault in saved.faults} == {("กรอบ", "B5"), ("กรอบ", "B9")}


def test_storing_the_same_again_says_that_nothing_changed() -> None:
    actions.save_draft(by=OFFICER, definition=small_framework(), now=NOW)
    with pytest.raises(NothingToDoError):
        actions.save_draft(by=OFFICER, definition=small_framework(), now=LATER)
    actions.publish(by=OFFICER, framework_code="SMALL", now=NOW, checked_by="ผู้อื่น")
    with pytest.raises(NothingToDoError):
        actions.save_draft(by=OFFICER, definition=small_framework(), now=LATER)


def test_a_code_that_cannot_name_a_framework_is_refused() -> None:
    with pytest.raises(FrameworkFaultsError):
        actions.save_draft(by=OFFICER, definition=small_framework(code="มี ช่องว่าง"), now=NOW)
    assert not FrameworkRow.objects.exists()


def test_publishing_makes_indicators_and_leaves_a_trace() -> None:
    version_id = published()
    assert list(queries.indicator_ids(viewer=EXECUTIVE, version_id=version_id)) == ["QUA-01", "QUA-02", "QUA-03"]
    view = queries.framework_version(viewer=EXECUTIVE, version_id=version_id)
    assert (view.state, view.published_by, view.published_at) == ("published", "สมใจ", NOW)
    assert [entry.action for entry in AuditEntry.objects.order_by("id")] == [
        "frameworks.draft_saved",
        "frameworks.published",
    ]


def test_publishing_the_next_version_retires_the_one_before() -> None:
    old, new = published(), published(harder(), now=LATER)
    states = {row.pk: (row.number, row.state) for row in FrameworkVersion.objects.all()}
    assert states == {old: (1, "retired"), new: (2, "published")}
    assert queries.framework_version(viewer=EXECUTIVE, version_id=old).retired_at == LATER
    assert Indicator.objects.count() == 6


def test_a_bad_framework_is_not_published_and_every_fault_is_named_by_cell() -> None:
    before = published()
    bad = small_framework(owner="", indicators=(percent(policy_area="XX"), level(targets=(Target(9, 9.0),))))
    actions.save_draft(by=OFFICER, definition=bad, now=LATER)
    with pytest.raises(BadInputError) as caught:
        actions.publish(by=OFFICER, framework_code="SMALL", now=LATER)
    assert isinstance(caught.value, FrameworkFaultsError)
    assert {(fault.sheet, fault.cell) for fault in caught.value.faults} == {
        ("กรอบ", "B5"),
        ("ตัวชี้วัด", "B3"),
        ("เป้าหมาย", "B4"),
        ("เป้าหมาย", "C4"),
    }
    assert "กรอบ!B5" in caught.value.th
    assert queries.find_version(viewer=EXECUTIVE, framework_code="SMALL").id == before


def test_publishing_names_its_checker() -> None:
    actions.save_draft(by=OFFICER, definition=small_framework(checked_by=""), now=NOW)
    with pytest.raises(FrameworkFaultsError):
        actions.publish(by=OFFICER, framework_code="SMALL", now=NOW)
    version_id = actions.publish(by=OFFICER, framework_code="SMALL", now=NOW, checked_by="วิชัย")
    view = queries.framework_version(viewer=EXECUTIVE, version_id=version_id)
    assert view.checked_by == view.definition.checked_by == "วิชัย"


def test_publishing_without_a_draft_says_so() -> None:
    published()
    with pytest.raises(NothingToDoError):
        actions.publish(by=OFFICER, framework_code="SMALL", now=LATER)
    with pytest.raises(NotFoundError):
        actions.publish(by=OFFICER, framework_code="NONE", now=LATER)


def test_retiring_leaves_nothing_in_force() -> None:
    version_id = published()
    actions.retire(by=OFFICER, framework_code="SMALL", now=LATER)
    assert queries.framework_version(viewer=EXECUTIVE, version_id=version_id).state == "retired"
    with pytest.raises(NothingToDoError):
        actions.retire(by=OFFICER, framework_code="SMALL", now=LATER)


def test_a_discarded_draft_takes_a_framework_that_never_was_with_it() -> None:
    actions.save_draft(by=OFFICER, definition=small_framework(), now=NOW)
    actions.discard_draft(by=OFFICER, framework_code="SMALL", now=NOW)
    assert not FrameworkRow.objects.exists()
    published()
    actions.save_draft(by=OFFICER, definition=harder(), now=LATER)
    actions.discard_draft(by=OFFICER, framework_code="SMALL", now=LATER)
    assert FrameworkVersion.objects.get().state == "published"


def test_a_workbook_and_a_yaml_file_become_the_same_draft() -> None:
    data = write_workbook(framework_workbook(small_framework()))
    saved = actions.import_framework_workbook(by=OFFICER, data=data, file_name="กรอบ.xlsx", now=NOW)
    assert saved.faults == ()
    text = dump_yaml(small_framework()).encode()
    with pytest.raises(NothingToDoError):
        actions.import_framework_yaml(by=OFFICER, data=text, file_name="กรอบ.yaml", now=NOW)


def test_what_is_exported_can_be_imported_unchanged() -> None:
    version_id = published()
    book = queries.export_workbook(viewer=EXECUTIVE, version_id=version_id)
    text = queries.export_yaml(viewer=EXECUTIVE, version_id=version_id).encode()
    for data, name in ((book, "a.xlsx"), (text, "a.yaml")):
        read = queries.read_framework_file(viewer=EXECUTIVE, data=data, file_name=name)
        assert (read.framework, read.faults) == (small_framework(), ())


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"not a workbook", "a.xlsx"),
        (b"", "a.xlsx"),
        (b"PK\x03\x04half", "a.xlsx"),
        (b"\xa1\xa2 cp874", "a.yaml"),
        (b"code: [1", "a.yaml"),
        (b"code: A\n", "a.yml"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.yaml"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_stored(data: bytes, name: str) -> None:
    with pytest.raises(BadInputError) as caught:
        actions.import_framework_file(by=OFFICER, data=data, file_name=name, now=NOW)
    assert caught.value.th
    assert caught.value.next_th
    assert not FrameworkRow.objects.exists()
    assert not AuditEntry.objects.exists()


def test_faults_of_a_yaml_file_are_named_by_path_and_not_by_cell() -> None:
    text = dump_yaml(small_framework(owner="", indicators=(percent(), level(policy_area="XX"), narrative())))
    read = queries.read_framework_file(viewer=EXECUTIVE, data=text.encode(), file_name="a.yaml")
    assert [(fault.sheet, fault.cell) for fault in read.faults] == [("", "owner"), ("", "indicators[2].policy_area")]


def test_only_those_who_manage_may_write_and_strangers_see_nothing() -> None:
    version_id = published()
    with pytest.raises(NotAllowedError):
        actions.save_draft(by=EXECUTIVE, definition=harder(), now=LATER)
    with pytest.raises(NotAllowedError):
        actions.publish(by=EXECUTIVE, framework_code="NONE", now=LATER)
    with pytest.raises(NotAllowedError):
        actions.change_round_state(by=EXECUTIVE, round_id=1, state="open", now=LATER)
    with pytest.raises(NotFoundError):
        queries.frameworks(viewer=STRANGER)
    with pytest.raises(NotFoundError):
        queries.framework_version(viewer=STRANGER, version_id=version_id)
    with pytest.raises(NotFoundError):
        actions.save_draft(by=STRANGER, definition=harder(), now=LATER)
    assert FrameworkVersion.objects.count() == 1


def test_a_round_is_opened_for_the_published_version_with_its_dates() -> None:
    version_id = published()
    info = queries.round_info(viewer=EXECUTIVE, round_id=open_month(6))
    assert (info.key, info.version_id, info.version_number) == (RoundKey(2568, 6), version_id, 1)
    assert (info.data_until, info.due_on) == (date(2025, 3, 31), date(2025, 4, 30))
    assert info.name_th == "รอบ 6 เดือน"
    assert (info.state, info.is_practice, info.is_example) == ("open", False, False)


@pytest.mark.parametrize("key", [RoundKey(2568, 9), RoundKey(2571, 6)])
def test_a_round_that_the_framework_does_not_foresee_is_refused(key: RoundKey) -> None:
    published()
    day = date(2025, 4, 1)
    with pytest.raises(BadInputError):
        actions.open_round(by=OFFICER, framework_code="SMALL", key=key, opens_on=day, due_on=day, now=NOW)


def test_a_round_opens_once_but_practice_and_real_stand_side_by_side() -> None:
    published()
    assert open_month(6) != open_month(6, practice=True)
    with pytest.raises(NothingToDoError):
        open_month(6)
    with pytest.raises(BadInputError):
        open_month(12, state="ajar")
    with pytest.raises(BadInputError):
        actions.open_round(
            by=OFFICER,
            framework_code="SMALL",
            key=RoundKey(2568, 12),
            opens_on=date(2025, 5, 1),
            due_on=date(2025, 4, 1),
            now=NOW,
        )


def test_a_round_moves_one_step_at_a_time() -> None:
    published()
    round_id = open_month(6, state="planned")
    for state in ("open", "closed", "open", "closed", "locked", "closed"):
        actions.change_round_state(by=OFFICER, round_id=round_id, state=state, now=NOW)
    assert Round.objects.get().state == "closed"
    with pytest.raises(NothingToDoError):
        actions.change_round_state(by=OFFICER, round_id=round_id, state="closed", now=NOW)
    with pytest.raises(BadInputError):
        actions.change_round_state(by=OFFICER, round_id=round_id, state="planned", now=NOW)
    with pytest.raises(NotFoundError):
        actions.change_round_state(by=OFFICER, round_id=round_id + 1, state="open", now=NOW)


def test_rounds_know_the_one_before_and_the_same_last_year() -> None:
    published()
    ids = {(y, m): open_month(m, year=y) for y in (2568, 2569) for m in (6, 12)}
    practice = open_month(12, year=2568, practice=True)
    info = queries.round_info(viewer=EXECUTIVE, round_id=ids[2569, 6])
    assert (info.previous_id, info.last_year_id) == (ids[2568, 12], ids[2568, 6])
    info = queries.round_info(viewer=EXECUTIVE, round_id=practice)
    assert (info.previous_id, info.last_year_id) == (None, None)
    keys = [str(each.key) for each in queries.rounds(viewer=EXECUTIVE, is_practice=False)]
    assert keys == ["2569-12", "2569-06", "2568-12", "2568-06"]
    with pytest.raises(NotFoundError):
        queries.round_info(viewer=EXECUTIVE, round_id=0)


def test_the_current_round_is_the_latest_open_one_that_has_begun() -> None:
    published()
    assert queries.current_round(viewer=EXECUTIVE, today=date(2025, 5, 1)) is None
    closed = open_month(12, year=2569, state="closed")
    opened = open_month(6)
    today = date(2025, 5, 1)
    found = queries.current_round(viewer=EXECUTIVE, today=today)
    assert found is not None
    assert found.id == opened
    actions.change_round_state(by=OFFICER, round_id=opened, state="closed", now=NOW)
    found = queries.current_round(viewer=EXECUTIVE, today=today)
    assert found is not None
    assert found.id == closed
    assert queries.current_round(viewer=EXECUTIVE, today=date(2025, 3, 1)) is None


def test_a_round_is_found_by_its_key() -> None:
    published()
    open_month(6)
    found = queries.find_round(viewer=SYSTEM, framework_code="SMALL", key=RoundKey(2568, 6))
    assert found is not None
    assert found.is_practice is False
    assert queries.find_round(viewer=SYSTEM, framework_code="SMALL", key=RoundKey(2568, 12)) is None


def test_frameworks_are_listed_with_their_versions() -> None:
    published()
    published(replace(harder(), name_th="กรอบเล็ก ปรับปรุง"), now=LATER)
    actions.save_draft(by=OFFICER, definition=small_framework(name_th="ชื่อในร่าง"), now=LATER)
    (found,) = queries.frameworks(viewer=EXECUTIVE)
    assert found.name_th == "กรอบเล็ก ปรับปรุง"
    assert [(v.number, v.state) for v in found.versions] == [(3, "draft"), (2, "published"), (1, "retired")]


def test_the_difference_between_versions_is_told() -> None:
    published()
    published(harder(), now=LATER)
    (found,) = queries.differences(viewer=EXECUTIVE, framework_code="SMALL", old=1, new=2)
    assert "“80”" in found.th
    assert "“85”" in found.th
    with pytest.raises(NotFoundError):
        queries.differences(viewer=EXECUTIVE, framework_code="SMALL", old=1, new=9)
