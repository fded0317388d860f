from __future__ import annotations

import pytest
from tests.apps.narratives.written import TEACHERS, WordVectors, read_all, wrote
from tests.factories import NOW, World, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import actions as collection
from sanyan.apps.narratives import actions, queries
from sanyan.apps.narratives.models import Passage, SourceText, Vector
from sanyan.core.errors import NotFoundError

pytestmark = pytest.mark.django_db


def test_certified_narratives_become_passages_of_their_place(world: World) -> None:
    read = read_all()
    assert (read.reports, read.gone, read.same) == (4, 0, 0)
    passage = Passage.objects.select_related("source").get(text=TEACHERS)
    source = passage.source
    assert (source.organisation_id, source.round_id) == (world.ids["A1"], world.round.id)
    assert (source.indicator_code, source.policy_area, source.field_key) == ("QUA-04", "QUA", "problem")
    assert (source.stance, source.region_id) == ("problem", world.ids["RA"])
    assert source.text[passage.start : passage.end] == passage.text


def test_reading_again_changes_nothing(world: World) -> None:
    read_all()
    before = set(Passage.objects.values_list("pk", flat=True))
    again = read_all()
    assert (again.new, again.gone, again.passages) == (0, 0, 0)
    assert set(Passage.objects.values_list("pk", flat=True)) == before


def test_a_text_that_was_corrected_replaces_the_old_one_which_can_still_be_opened(world: World) -> None:
    read_all()
    old = Passage.objects.get(text=TEACHERS)
    submission = world.submissions["A1"]
    collection.reopen(by=viewer("me_officer"), submission_id=submission, comment="แก้ไข", now=NOW)
    collection.save_answer(
        by=world.officer("A1"),
        submission_id=submission,
        answer=wrote(title="แก้ปัญหาครู", problem="ได้ครูครบทุกชั้นแล้ว"),
        now=NOW,
    )
    collection.submit(by=world.officer("A1"), submission_id=submission, now=NOW, leave_unanswered=True)
    collection.certify(by=world.director("A1"), submission_id=submission, now=NOW)
    again = read_all()
    assert (again.new, again.gone) == (1, 1)
    assert queries.passage(viewer=viewer("me_officer"), id=old.pk).is_live is False
    found = queries.search(
        viewer=viewer("me_officer"), question="สอนควบชั้น", filters=queries.PassageFilters(round_id=world.round.id)
    )
    assert old.pk not in {hit.passage.id for hit in found.hits}


def test_a_field_that_says_there_is_nothing_says_nothing(world: World) -> None:
    read_all()
    said = Passage.objects.filter(source__organisation_id=world.ids["B2"], source__field_key="problem")
    assert not said.filter(says_something=True).exists()


def test_only_the_product_reads_reports(world: World) -> None:
    with pytest.raises(NotFoundError):
        actions.read_certified(by=viewer("me_officer"), now=NOW)


def test_damaged_text_is_repaired_and_kept_beside_the_original(world: World) -> None:
    submission = world.submissions["B3"]
    broken = "ส านักงานเขตพื้นที่การศึกษาด าเนินการนิเทศโรงเรียนครบทุกแห่ง"
    collection.save_answer(
        by=world.officer("B3"), submission_id=submission, answer=wrote(title=broken, problem="ไม่มี"), now=NOW
    )
    collection.submit(by=world.officer("B3"), submission_id=submission, now=NOW, leave_unanswered=True)
    collection.certify(by=world.director("B3"), submission_id=submission, now=NOW)
    read_all()
    source = SourceText.objects.get(submission_id=submission, field_key="title")
    assert source.original == broken
    assert source.text == "สำนักงานเขตพื้นที่การศึกษาดำเนินการนิเทศโรงเรียนครบทุกแห่ง"
    assert source.edits


def test_each_text_is_embedded_once_and_a_stopped_run_goes_on(world: World, vectors: WordVectors) -> None:
    read_all()
    texts = Passage.objects.filter(says_something=True).values("text_hash").distinct().count()
    assert actions.embed_missing(by=SYSTEM, most=2) == 2
    assert actions.embed_missing(by=SYSTEM) == texts - 2
    assert actions.embed_missing(by=SYSTEM) == 0
    assert Vector.objects.filter(model_id=vectors.model_id).count() == texts


def test_without_a_model_nothing_is_embedded(world: World) -> None:
    read_all()
    assert actions.embed_missing(by=SYSTEM) == 0


def test_texts_that_offices_share_are_tied_to_the_first(world: World) -> None:
    submission = world.submissions["B3"]
    collection.save_answer(
        by=world.officer("B3"),
        submission_id=submission,
        answer=wrote(title="เรื่องครู", problem=TEACHERS + " ครับ"),
        now=NOW,
    )
    collection.submit(by=world.officer("B3"), submission_id=submission, now=NOW, leave_unanswered=True)
    collection.certify(by=world.director("B3"), submission_id=submission, now=NOW)
    read = read_all()
    assert actions.mark_copies(by=SYSTEM, round_ids=read.round_ids) == 1
    copy = Passage.objects.get(source__submission_id=submission, source__field_key="problem")
    assert copy.copy_of is not None
    assert copy.copy_of.text == TEACHERS
    found = queries.search(
        viewer=viewer("me_officer"), question="สอนควบชั้น", filters=queries.PassageFilters(round_id=world.round.id)
    )
    assert [hit.copies for hit in found.hits if hit.passage.text.startswith(TEACHERS)] == [1]
