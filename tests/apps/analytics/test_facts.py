from collections.abc import Callable

import pytest
from tests.factories import AREAS, NINE, NOW, TODAY, number, percent, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import actions, queries
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.collection import actions as collection
from sanyan.apps.collection import queries as collected
from sanyan.core.errors import NotFoundError

Certify = Callable[..., None]

pytestmark = pytest.mark.django_db


def value_of(world, code: str = "SAF-01") -> float | None:  # type: ignore[no-untyped-def]
    return queries.indicator_profile(viewer=SYSTEM, round_id=world.round.id, code=code).system.value


def test_what_is_certified_is_visible_at_once_and_what_is_not_is_not(certify: Certify) -> None:
    world = small_world()
    collection.save_answer(by=world.officer("A2"), submission_id=world.submissions["A2"], answer=percent(1, 2), now=NOW)
    certify(world, "A1", percent(8, 10))

    assert value_of(world) == 80
    assert collected.unappended(viewer=SYSTEM) == ()


def test_certifying_again_replaces(certify: Certify) -> None:
    world = small_world()
    certify(world, "A1", percent(8, 10))
    collection.reopen(by=viewer("me_officer"), submission_id=world.submissions["A1"], comment="แก้", now=NOW)
    assert value_of(world) == 80
    certify(world, "A1", percent(5, 10))

    assert value_of(world) == 50


def test_a_crash_between_certifying_and_appending_is_repaired(certify: Certify, settings) -> None:  # type: ignore[no-untyped-def]
    settings.AFTER_CERTIFICATION = []
    world = small_world()
    certify(world, "A1", percent(8, 10))
    assert value_of(world) is None

    assert actions.repair(by=SYSTEM, now=NOW) == 1
    assert value_of(world) == 80
    assert actions.repair(by=SYSTEM, now=NOW) == 0


def test_a_follower_that_fails_does_not_undo_the_certification(certify: Certify, settings, monkeypatch, caplog) -> None:  # type: ignore[no-untyped-def]
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    monkeypatch.setattr(fact_store(), "append", lambda facts: (_ for _ in ()).throw(OSError("disk full")))
    world = small_world()

    certify(world, "A1", percent(8, 10))

    assert collected.submission_row(viewer=SYSTEM, submission_id=world.submissions["A1"]).state == "certified"
    assert len(collected.unappended(viewer=SYSTEM)) == 1
    assert "disk full" in caplog.text


def test_facts_can_be_thrown_away_and_made_again(certify: Certify) -> None:
    world = small_world()
    certify(world, "A1", percent(8, 10))
    before = fact_store().facts()
    fact_store().clear()

    actions.rebuild(by=SYSTEM, now=NOW)

    assert fact_store().facts() == before


def test_no_person_writes_facts() -> None:
    with pytest.raises(NotFoundError):
        actions.append_facts(by=viewer("me_officer"), certification_ids=[1], now=NOW)


def test_practice_never_mixes_with_real_figures(certify: Certify) -> None:
    real, practice = small_world(), small_world(is_practice=True)
    certify(real, "A1", percent(8, 10))
    certify(practice, "A1", percent(1, 10))

    assert (value_of(real), value_of(practice)) == (80, 10)


def test_the_system_is_rolled_up_by_sums_and_counts_what_is_missing(certify: Certify) -> None:
    world = small_world()
    certify(world, "A1", percent(9, 10), number(4))
    certify(world, "A2", percent(10, 100))

    safety = queries.indicator_profile(viewer=SYSTEM, round_id=world.round.id, code="SAF-01")
    out_of_school = queries.indicator_profile(viewer=SYSTEM, round_id=world.round.id, code="SAF-02")

    assert safety.system.value == pytest.approx(100 * 19 / 110)
    assert (out_of_school.system.value, out_of_school.system.missing) == (4, 1)
    assert [item.area.code for item in out_of_school.missing] == ["A2"]


def test_a_figure_is_compared_with_the_same_round_last_year(certify: Certify) -> None:
    last = small_world(key=NINE.same_last_year)
    certify(last, "A1", percent(7, 10))
    world = small_world()
    certify(world, "A1", percent(8, 10))

    figure = queries.indicator_profile(viewer=SYSTEM, round_id=world.round.id, code="SAF-01").system

    assert (figure.last_year, figure.improved) == (70, True)
    assert figure.change == pytest.approx(10)
    assert figure.attainment.value == "met"


def test_a_spread_of_fewer_than_five_areas_is_hidden(certify: Certify) -> None:
    world = small_world()
    for code in AREAS[:4]:
        certify(world, code, percent(8, 10))
    assert queries.indicator_profile(viewer=SYSTEM, round_id=world.round.id, code="SAF-01").spread is None

    certify(world, AREAS[4], percent(9, 10))
    spread = queries.indicator_profile(viewer=SYSTEM, round_id=world.round.id, code="SAF-01").spread
    assert spread is not None
    assert (spread.n, spread.median) == (5, 80)


def test_an_officer_sees_the_whole_and_names_only_their_own_area(certify: Certify) -> None:
    world = small_world()
    for code in AREAS:
        certify(world, code, percent(8, 10))
    officer = world.officer("B1")

    profile = queries.indicator_profile(viewer=officer, round_id=world.round.id, code="SAF-01")
    overview = queries.overview(viewer=officer, round_id=world.round.id, today=TODAY)

    assert profile.system.reported == 6
    assert [item.area.code for item in profile.areas] == ["B1"]
    assert [item.area.code for item in overview.standings] == ["B1"]


def test_an_area_outside_the_scope_looks_like_one_that_does_not_exist() -> None:
    world = small_world()
    officer = world.officer("B1")

    for organisation in (world.ids["A1"], 999_999):
        with pytest.raises(NotFoundError) as error:
            queries.area_profile(viewer=officer, organisation_id=organisation, round_id=world.round.id, today=TODAY)
        assert error.value.code == "not-found"


def test_an_area_reads_its_own_answers_beside_its_peers(certify: Certify) -> None:
    world = small_world()
    for code in AREAS:
        certify(world, code, percent(8, 10))

    profile = queries.area_profile(
        viewer=world.officer("A1"), organisation_id=world.ids["A1"], round_id=world.round.id, today=TODAY
    )

    figure = profile.sections[0].figures[0]
    assert (figure.figure.numerator, figure.figure.denominator, figure.origin) == (8, 10, "web")
    assert figure.peers is None  # four primary areas are too few to show
    assert profile.peers == 4
    assert [point.value for point in profile.history["SAF-01"]] == [80]


def test_facts_that_were_lost_are_found_and_appended_again(certify: Certify) -> None:
    world = small_world()
    certify(world, "A1", percent(8, 10))
    certify(world, "A2", percent(2, 10))
    fact_store().remove_sources(list(fact_store().latest())[:1])

    assert actions.repair(by=SYSTEM, now=NOW) == 1
    assert value_of(world) == 50
