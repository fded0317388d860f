"""A card rests on texts as they were read; what a person edited stays; a changed card is to be verified anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.factories import NOW, TODAY, World, viewer

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.cases import actions, queries
from sanyan.apps.cases.actions import GivenQuote
from sanyan.apps.cases.models import Case, CaseField, CaseSource
from sanyan.core.cases.cards import CardField
from sanyan.core.errors import BadInputError, NotAllowedError, NothingToDoError

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(library: dict[str, int]) -> int:
    return library["nomination"]


def field(case_id: int, name: str) -> CaseField:
    return CaseField.objects.get(case_id=case_id, field=name)


def test_every_part_stands_on_the_card_and_each_quote_in_its_source(offered: int) -> None:
    rows = CaseField.objects.filter(case_id=offered)
    texts = dict(CaseSource.objects.filter(case_id=offered).values_list("key", "text"))
    assert {row.field for row in rows} == set(CardField)
    quotes = [quote for row in rows for quote in row.quotes]
    assert quotes
    assert all(texts[q["source"]][q["start"] : q["end"]] == q["text"] for q in quotes)


def test_texts_that_quote_the_figure_are_tied_to_it_and_others_only_implied(
    world: World, outliers: Callable[..., None], library: dict[str, int]
) -> None:
    assert Case.objects.get(pk=library["positive_outlier"]).is_tied
    outliers(("A1", "SAF-02", (2567, 2568)))
    Case.objects.filter(pk=library["positive_outlier"]).delete()
    actions.look_over(by=SYSTEM, round_id=world.round.id, now=NOW)
    other = Case.objects.get(origin="positive_outlier")
    assert not other.is_tied
    assert field(other.pk, "what").standing == "inferred"
    assert other.title == "ตัวชี้วัด SAF-02"


def test_what_the_area_tells_fills_the_card_again(offered: int, world: World) -> None:
    assert field(offered, "cost").standing == "missing"
    actions.tell(by=world.officer("A1"), case_id=offered, texts={"process": "ใช้งบ 15,000 บาท"}, now=NOW)
    assert field(offered, "cost").value == "ใช้งบ 15,000 บาท"
    with pytest.raises(BadInputError):
        actions.tell(by=world.officer("A1"), case_id=offered, texts={"process": "  "}, now=NOW)


def test_an_edit_stays_through_drafting_and_undoes_the_verification(offered: int) -> None:
    actions.verify(by=SYSTEM, case_id=offered, now=NOW)
    officer = viewer("me_officer")
    actions.edit_field(by=officer, case_id=offered, field="cost", value="ไม่ใช้งบ", standing="stated", now=NOW)
    assert Case.objects.get(pk=offered).state == "drafted"
    actions.draft_card(by=officer, case_id=offered, now=NOW)
    row = field(offered, "cost")
    assert (row.value, row.basis, row.edited_by) == ("ไม่ใช้งบ", "person", officer.name)


def test_a_part_can_be_set_missing_and_a_quote_must_lie_in_its_source(offered: int) -> None:
    def edit(**changes: object) -> None:
        given = {"field": "who", "value": "ครู", "standing": "stated", **changes}
        actions.edit_field(by=SYSTEM, case_id=offered, now=NOW, **given)  # type: ignore[arg-type]

    source = CaseSource.objects.filter(case_id=offered, field_key="process").get()
    edit(quotes=[GivenQuote(source.key, 0, 12)])
    assert field(offered, "who").quotes[0]["text"] == source.text[:12]
    edit(value="", standing="missing")
    assert (field(offered, "who").value, field(offered, "who").quotes) == ("", [])
    for wrong in ({"quotes": [GivenQuote(source.key, 5, 9_999)]}, {"field": "x"}, {"standing": "sure"}, {"value": " "}):
        with pytest.raises(BadInputError):
            edit(**wrong)


def test_who_may_read_a_card_may_not_therefore_edit_it(offered: int, world: World) -> None:
    def edit(by: Viewer) -> None:
        actions.edit_field(by=by, case_id=offered, field="who", value="ครู", standing="stated", now=NOW)

    for by in (world.officer("A1"), viewer("region_director", world.ids["RA"]), viewer("executive")):
        with pytest.raises(NotAllowedError):
            edit(by)
    reviewer = viewer("reviewer", world.ids["RA"])
    with pytest.raises(NotAllowedError):
        edit(reviewer)


def test_who_put_a_case_forward_does_not_verify_it_and_without_a_result_nobody_can(world: World) -> None:
    officer = viewer("me_officer")
    case_id = actions.nominate(
        by=officer,
        organisation_id=world.ids["A2"],
        round_id=world.round.id,
        policy_area="SAF",
        title="ตลาดนัดความปลอดภัย",
        why="น่าทำตาม",
        now=NOW,
    )
    actions.draft_card(by=officer, case_id=case_id, now=NOW)
    with pytest.raises(NotAllowedError):
        actions.verify(by=officer, case_id=case_id, now=NOW)
    with pytest.raises(BadInputError):
        actions.verify(by=SYSTEM, case_id=case_id, now=NOW)


def test_from_draft_to_library_and_out_again(offered: int, world: World) -> None:
    with pytest.raises(NothingToDoError):
        actions.publish(by=SYSTEM, case_id=offered, now=NOW)
    actions.verify(by=SYSTEM, case_id=offered, now=NOW)
    actions.publish(by=SYSTEM, case_id=offered, now=NOW)
    with pytest.raises(NothingToDoError):
        actions.draft_card(by=SYSTEM, case_id=offered, now=NOW)
    with pytest.raises(NotAllowedError):
        actions.withdraw(by=world.officer("A1"), case_id=offered, because="ขอถอน", now=NOW)
    actions.withdraw(by=SYSTEM, case_id=offered, because="ข้อมูลเปลี่ยน", now=NOW)
    assert queries.library(viewer=SYSTEM, today=TODAY) == ()
    deeds = [deed.what for deed in queries.case(viewer=SYSTEM, case_id=offered, today=TODAY).deeds]
    assert deeds == ["nominate", "draft", "verify", "publish", "withdraw"]


def test_names_of_people_stay_in_their_own_office(offered: int, world: World) -> None:
    actions.verify(by=SYSTEM, case_id=offered, now=NOW)
    actions.publish(by=SYSTEM, case_id=offered, now=NOW)
    own = queries.case(viewer=world.officer("A1"), case_id=offered, today=TODAY)
    other = queries.case(viewer=world.officer("B1"), case_id=offered, today=TODAY)
    assert "สมชาย" in repr(own)
    assert not own.masked
    assert "สมชาย" not in repr(other)
    assert "081-234" not in repr(other)
    assert other.masked
    for detail in (own, other):
        whole = {source.key: "".join(part.text for part in source.segments) for source in detail.sources}
        marked = {(s.key, part.mark): part.text for s in detail.sources for part in s.segments if part.mark}
        quotes = [quote for views in detail.parts.values() for view in views for quote in view.quotes]
        assert quotes
        assert all(quote.text in whole[quote.source] for quote in quotes)
        assert all(quote.text in marked[quote.source, quote.mark] for quote in quotes)


def test_a_weak_area_is_named_only_to_who_sees_it(library: dict[str, int], world: World) -> None:
    case_id = library["positive_outlier"]
    actions.verify(by=SYSTEM, case_id=case_id, now=NOW)
    actions.publish(by=SYSTEM, case_id=case_id, now=NOW)
    (seen,) = queries.case(viewer=SYSTEM, case_id=case_id, today=TODAY).pairs
    (hidden,) = queries.case(viewer=world.officer("A1"), case_id=case_id, today=TODAY).pairs
    assert seen.place is not None
    assert seen.place.code == "B2"
    assert hidden.place is None
    assert "สพ.B2" not in repr(hidden)
