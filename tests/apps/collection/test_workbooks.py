"""A workbook goes out prefilled and comes back: read first, then stored, with every row accounted for."""

from __future__ import annotations

import pytest
from tests.factories import NINE, NOW, World, certify, number, percent, small_framework, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import actions, queries
from sanyan.core.errors import NotAllowedError, NotFoundError, NothingToDoError
from sanyan.core.forms.answers import FilledAnswer, FilledReport
from sanyan.core.forms.workbook_words import Role
from sanyan.core.indicators.definitions import AnswerState
from sanyan.core.rounds import RoundKey
from sanyan.engines.documents.workbooks import FormContext, fill_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_follows(settings) -> None:  # type: ignore[no-untyped-def]
    settings.AFTER_CERTIFICATION = []


def workbook(
    *answers: FilledAnswer,
    code: str = "A1",
    key: RoundKey = NINE,
    typed: dict[tuple[str, Role], str] | None = None,
) -> bytes:
    context = FormContext(
        framework=small_framework(),
        version=1,
        round_key=key,
        organisation_code=code,
        organisation_name=f"หน่วยงาน {code}",
        area_type="secondary" if code.endswith("3") else "primary",
        practice=False,
    )
    report = FilledReport("SMALL", 1, key, code, f"หน่วยงาน {code}", answers=answers)
    return fill_workbook(context, report=report, last={}, typed=typed)


def read(world: World, data: bytes, code: str = "A1", name: str = "A1.xlsx") -> queries.ImportView:
    return actions.read_workbook(
        by=world.officer(code),
        round_id=world.round.id,
        organisation_id=world.ids[code],
        file_name=name,
        data=data,
        now=NOW,
    )


def stored(world: World) -> dict[str, tuple[float | None, float | None, float | None]]:
    rows = queries.answers_of_round(viewer=SYSTEM, round_id=world.round.id)
    return {row.indicator_code: (row.numerator, row.denominator, row.value) for row in rows}


def test_a_dry_run_shows_what_would_change_and_stores_no_answer() -> None:
    world = small_world()
    view = read(world, workbook(percent(8, 10), number(4)))

    assert (view.state, view.report["accepted"]) == ("read", 2)
    assert {change["indicator"]: change["what"] for change in view.report["changes"]} == {  # type: ignore[attr-defined]
        "SAF-01": "new",
        "SAF-02": "new",
    }
    assert stored(world) == {}

    done = actions.store_workbook(by=world.officer("A1"), import_id=view.id, now=NOW)
    assert done.state == "stored"
    assert stored(world) == {"SAF-01": (8, 10, 80), "SAF-02": (None, None, 4)}


def test_a_file_is_stored_once() -> None:
    world = small_world()
    view = read(world, workbook(percent(8, 10)))
    actions.store_workbook(by=world.officer("A1"), import_id=view.id, now=NOW)

    with pytest.raises(NothingToDoError):
        actions.store_workbook(by=world.officer("A1"), import_id=view.id, now=NOW)


def test_the_same_file_twice_changes_nothing() -> None:
    world = small_world()
    data = workbook(percent(8, 10), number(4))
    for _ in range(2):
        view = read(world, data)
        done = actions.store_workbook(by=world.officer("A1"), import_id=view.id, now=NOW)

    assert view.report["same_file_before"] is True
    assert (done.report["created"], done.report["changed"], done.report["unchanged"]) == (0, [], 2)
    assert queries.revisions_of(viewer=SYSTEM, submission_id=world.submissions["A1"]) == ()


def test_a_bad_row_costs_no_good_one_and_is_listed_by_its_cell() -> None:
    world = small_world()
    data = workbook(percent(8, 10), number(4), typed={("SAF-02", Role.VALUE): "ประมาณสี่ห้าคน"})
    view = read(world, data)
    actions.store_workbook(by=world.officer("A1"), import_id=view.id, now=NOW)

    assert stored(world) == {"SAF-01": (8, 10, 80)}
    (fault,) = [fault for fault in view.report["faults"] if fault["is_error"]]  # type: ignore[attr-defined]
    assert fault["sheet"]
    assert fault["cell"]
    assert fault["th"]
    assert fault["next_th"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "workbook-not"),
        (b"", "workbook-empty"),
        (workbook(percent(1, 2), code="A2"), "workbook-other-organisation"),
        (workbook(percent(1, 2), key=RoundKey(2568, 6)), "workbook-other-round"),
    ],
    ids=["pdf", "empty", "another area", "another round"],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_kept_out(data: bytes, code: str) -> None:
    world = small_world()
    view = read(world, data)

    refused = view.report["refused"]
    assert isinstance(refused, dict)
    assert refused["code"] == code
    assert refused["th"]
    assert refused["next_th"]
    assert view.state == "refused"
    assert stored(world) == {}
    with pytest.raises(NothingToDoError):
        actions.store_workbook(by=world.officer("A1"), import_id=view.id, now=NOW)


def test_nobody_uploads_for_another_area() -> None:
    world = small_world()

    with pytest.raises(NotFoundError):
        actions.read_workbook(
            by=world.officer("A2"),
            round_id=world.round.id,
            organisation_id=world.ids["A1"],
            file_name="A1.xlsx",
            data=workbook(percent(1, 2)),
            now=NOW,
        )


def test_a_certified_report_is_not_overwritten_by_a_file() -> None:
    world = small_world()
    view = read(world, workbook(percent(1, 10)))
    certify(world, "A1", percent(8, 10))

    with pytest.raises(NotAllowedError, match="submission-closed"):
        actions.store_workbook(by=world.officer("A1"), import_id=view.id, now=NOW)
    assert stored(world)["SAF-01"] == (8, 10, 80)


def test_a_workbook_goes_out_with_what_is_stored_and_comes_back_the_same() -> None:
    world = small_world()
    for answer in (
        percent(8, 10),
        FilledAnswer("QUA-02", AnswerState.REPORTED, value=4),
        FilledAnswer("QUA-04", AnswerState.REPORTED, text={"title": "พาน้องกลับมาเรียน"}),
        FilledAnswer("SAF-02", AnswerState.NOT_APPLICABLE, note="ไม่มีเด็กนอกระบบ"),
    ):
        actions.save_answer(by=world.officer("A1"), submission_id=world.submissions["A1"], answer=answer, now=NOW)
    out = queries.workbook_of(viewer=world.officer("A1"), submission_id=world.submissions["A1"])

    view = read(world, out.data, name=out.file_name)

    assert (view.report["changes"], view.report["unchanged"]) == ([], 4)


def test_many_workbooks_are_stored_together_and_each_refusal_has_its_reason() -> None:
    world = small_world()
    certify(world, "B1", percent(1, 2))
    files = [
        ("A1.xlsx", workbook(percent(8, 10))),
        ("จากเขต.xlsx", workbook(percent(7, 10), code="A2")),
        ("B1.xlsx", workbook(percent(2, 2), code="B1")),
        ("เอกสาร.xlsx", b"not a workbook"),
        ("A1 (1).xlsx", workbook(percent(9, 10))),
    ]

    done = actions.import_workbooks(by=viewer("me_officer"), round_id=world.round.id, files=files, now=NOW)

    assert [view.file_name for view in done.stored] == ["A1.xlsx", "จากเขต.xlsx", "A1 (1).xlsx"]
    assert {name: error.code for name, error in done.refused} == {
        "B1.xlsx": "submission-closed",
        "เอกสาร.xlsx": "workbook-not",
    }
    rows = queries.answers_of_round(viewer=SYSTEM, round_id=world.round.id)
    values = {row.organisation_id: row.value for row in rows if row.indicator_code == "SAF-01"}
    assert values[world.ids["A1"]] == 90
    assert values[world.ids["A2"]] == 70
    assert values[world.ids["B1"]] == 50


def test_an_area_may_not_import_for_many() -> None:
    world = small_world()

    with pytest.raises((NotAllowedError, NotFoundError)):
        actions.import_workbooks(by=world.officer("A1"), round_id=world.round.id, files=[], now=NOW)
