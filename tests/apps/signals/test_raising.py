"""From a round to signals: what is raised, for whom, and nothing twice."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.factories import AREAS, NOW, TODAY, World, certify, percent, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.accounts.models import User
from sanyan.apps.audit import queries as audit
from sanyan.apps.collection import actions as collection
from sanyan.apps.frameworks.models import Framework, Round
from sanyan.apps.quality.models import Finding
from sanyan.apps.signals import actions, queries, tasks
from sanyan.apps.signals.models import Signal, SignalMember
from sanyan.apps.signals.queries import SignalFilter, SignalInfo
from sanyan.core.errors import NotAllowedError, NotFoundError, NothingToDoError
from sanyan.core.rounds import RoundKey

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def inbox(who: object = SYSTEM, **only: Any) -> tuple[SignalInfo, ...]:
    return queries.inbox(viewer=who, today=TODAY, only=SignalFilter(**only))  # type: ignore[arg-type]


def look(world: World, now: Any = NOW) -> actions.WatchedRound:
    return actions.raise_signals(by=SYSTEM, round_id=world.round.id, now=now)


def correct(world: World, code: str, part: float, capture: Any) -> None:
    with capture(execute=True):
        collection.reopen(by=viewer("me_officer"), submission_id=world.submissions[code], comment="แก้ตัวเลข", now=NOW)
        certify(world, code, percent(part, 1000))


def test_the_one_that_fell_off_its_target_is_raised_with_its_reason(two_years: World) -> None:
    outcome = look(two_years)
    (raised,) = inbox()
    assert outcome.new == 1
    assert raised.organisation_id == two_years.ids["B2"]
    assert raised.rule_code == "new-breach"
    assert raised.severity == "high"
    assert "85.4 % ถึงเป้า รอบนี้ 40 %" in raised.reason.th
    assert raised.due_on == TODAY + timedelta(days=7)
    assert raised.also, "that it also fell beside its peers is said with it and not beside it"


def test_looking_again_changes_nothing_more(two_years: World) -> None:
    look(two_years)
    again = look(two_years, LATER)
    assert (again.new, again.updated) == (0, 1)
    assert len(inbox(state="")) == 1


def test_the_look_itself_is_kept_with_what_was_left_out(two_years: World) -> None:
    outcome = look(two_years)
    watch = queries.watch(viewer=SYSTEM, round_id=two_years.round.id)
    assert watch is not None
    assert watch.counts["found"] == outcome.found
    assert audit.entries(object_type="round", object_id=str(two_years.round.id))[0].action == "signals.look"


def test_a_signal_nobody_took_up_is_closed_when_the_figure_is_put_right(
    two_years: World, django_capture_on_commit_callbacks: Any
) -> None:
    look(two_years)
    correct(two_years, "B2", 850, django_capture_on_commit_callbacks)
    outcome = look(two_years, LATER)
    assert outcome.cleared == 1
    assert inbox() == ()
    (closed,) = inbox(state="closed")
    assert (closed.outcome, closed.closed_by) == ("explained", "ระบบ")


def test_a_signal_somebody_works_on_is_only_marked(two_years: World, django_capture_on_commit_callbacks: Any) -> None:
    User.objects.create(pk=two_years.director("B2").user_id, username="director")
    look(two_years)
    actions.acknowledge(by=two_years.director("B2"), signal_id=inbox()[0].id, now=NOW)
    correct(two_years, "B2", 850, django_capture_on_commit_callbacks)
    look(two_years, LATER)
    (held,) = inbox()
    assert held.state == "acknowledged"
    assert held.gone_at == LATER


def test_what_people_closed_stays_closed_without_news(
    two_years: World, django_capture_on_commit_callbacks: Any
) -> None:
    look(two_years)
    signal = inbox()[0]
    actions.close(
        by=two_years.director("B2"), signal_id=signal.id, outcome="explained", explanation="นับใหม่ทั้งหมด", now=NOW
    )
    assert look(two_years, LATER).silent == 1
    correct(two_years, "B2", 390, django_capture_on_commit_callbacks)
    assert look(two_years, LATER).silent == 1, "one point lower is not clearly stronger"
    assert inbox() == ()


def test_a_fall_of_everyone_is_one_signal_of_the_whole_system(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    before, now = small_world(key=RoundKey(2567, 9)), small_world()
    with django_capture_on_commit_callbacks(execute=True):
        for place, code in enumerate(AREAS):
            certify(before, code, percent(850 + 5 * place, 1000))
            certify(now, code, percent(600 + 5 * place, 1000))
    look(now)
    scopes = [(signal.scope, signal.rule_code) for signal in inbox()]
    assert ("system", "system-shift") in scopes
    assert all(scope == "system" for scope, _ in scopes)
    breach = next(signal for signal in inbox() if signal.rule_code == "new-breach")
    assert breach.member_count == 6
    assert "6 จาก 6 เขตทั้งประเทศ" in breach.reason.th


def test_late_reports_are_told_once_they_are_late(settings: Any) -> None:
    settings.AFTER_CERTIFICATION = []
    world = small_world()
    look(world)
    assert inbox() == ()
    look(world, NOW + timedelta(days=10))
    (late,) = inbox()
    assert (late.rule_code, late.member_count, late.severity) == ("late", 6, "medium")
    held = {"viewer": world.director("B2"), "today": NOW.date()}
    assert queries.how_many(**held, only=SignalFilter(mine=True)) == 0
    assert queries.how_many(**held, only=SignalFilter(concerning=True)) == 1, "its area is among them"


def test_an_older_round_is_not_looked_over_after_a_later_one(two_years: World) -> None:
    look(two_years)
    earlier = two_years.round.last_year_id
    assert earlier is not None
    with pytest.raises(NothingToDoError):
        actions.raise_signals(by=SYSTEM, round_id=earlier, now=NOW)
    assert tasks.look_over(earlier, now=NOW)["later_round"] is True


def test_a_look_that_another_overtook_changes_nothing(two_years: World) -> None:
    look(two_years, LATER)
    with pytest.raises(NothingToDoError, match="meanwhile"):
        look(two_years, NOW)
    assert len(inbox()) == 1


@pytest.mark.skipif("SANYAN_DATABASE_URL" not in os.environ, reason="SQLite lets only one write at a time anyway")
@pytest.mark.django_db(transaction=True)
def test_looks_at_once_raise_each_signal_once(two_years: World) -> None:
    with ThreadPoolExecutor(3) as pool:
        outcomes = [made.result() for made in [pool.submit(_look_apart, two_years) for _ in range(3)]]
    assert sorted(outcome.new for outcome in outcomes) == [0, 0, 1]
    assert len(inbox(state="")) == 1


def _look_apart(world: World) -> actions.WatchedRound:
    try:
        return look(world)
    finally:
        connection.close()


def test_frameworks_that_differ_by_case_alone_have_signals_of_their_own(two_years: World) -> None:
    look(two_years)
    framework, held = Framework.objects.get(), Round.objects.get(pk=two_years.round.id)
    other = Framework.objects.create(code=framework.code.lower(), name_th="อื่น")
    kept = Signal.objects.get()
    kept.pk, kept.subject = None, kept.subject.replace(framework.code, other.code)
    kept.round_id = kept.seen_round_id = Round.objects.create(
        **{
            field.attname: getattr(held, field.attname)
            for field in Round._meta.concrete_fields
            if field.attname not in ("id", "framework_id")
        },
        framework=other,
    ).pk
    kept.save()
    look(two_years, LATER)
    assert Signal.objects.get(pk=kept.pk).state == "raised"


def test_only_those_who_review_look_over_a_round(two_years: World) -> None:
    with pytest.raises(NotFoundError):
        actions.raise_signals(by=two_years.director("B2"), round_id=two_years.round.id, now=NOW)
    with pytest.raises(NotAllowedError):
        actions.raise_signals(by=viewer("executive"), round_id=two_years.round.id, now=NOW)


def test_a_figure_with_an_open_finding_taints_the_signal(two_years: World) -> None:
    Finding.objects.create(
        check_code="jump-since-last-year",
        severity="medium",
        round_id=two_years.round.id,
        organisation_id=two_years.ids["B2"],
        indicator_code="SAF-01",
        found_at=NOW,
        seen_at=NOW,
    )
    look(two_years)
    (raised,) = inbox()
    assert raised.is_tainted
    assert "ข้อค้นพบ" in raised.doubts[0].th


def test_a_fall_from_a_year_of_full_marks_everywhere_is_doubted(
    django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    before, now = small_world(key=RoundKey(2567, 9)), small_world()
    with django_capture_on_commit_callbacks(execute=True):
        for place, code in enumerate(AREAS):
            certify(before, code, percent(1000 if code == "B2" else 850 + place, 1000))
            certify(now, code, percent(400 if code == "B2" else 851 + place, 1000))
    about_the_report = {"check_code": "all-full", "indicator_code": ""}
    Finding.objects.create(
        **about_the_report,
        severity="medium",
        round_id=before.round.id,
        organisation_id=now.ids["B2"],
        found_at=NOW,
        seen_at=NOW,
    )
    look(now)
    (raised,) = inbox()
    assert [doubt.en.partition(" in ")[0] for doubt in raised.doubts] == ["Last year the area reported exactly 100 %"]


def test_the_area_sees_its_own_signal_and_its_neighbour_does_not(two_years: World) -> None:
    look(two_years)
    assert len(inbox(two_years.director("B2"))) == 1
    assert inbox(two_years.director("A1")) == ()
    assert len(inbox(viewer("region_director", two_years.ids["RB"]))) == 1
    assert inbox(viewer("region_director", two_years.ids["RA"])) == ()
    assert inbox(viewer("participant")) == ()
    with pytest.raises(NotFoundError):
        queries.signal(viewer=two_years.director("A1"), signal_id=inbox()[0].id, today=TODAY)


def test_filters_narrow_the_inbox(two_years: World) -> None:
    look(two_years)
    assert len(inbox(severity="high")) == 1
    assert inbox(severity="low") == ()
    assert len(inbox(region_code="RB")) == 1
    assert inbox(region_code="RA") == ()
    assert len(inbox(rule_code="new-breach", indicator_code="SAF-01", organisation_id=two_years.ids["B2"])) == 1
    assert inbox(state="closed") == ()
    assert queries.counts(viewer=SYSTEM, today=TODAY, only=SignalFilter()).urgent == 1


def test_no_filter_tells_who_out_of_sight_is_in_a_signal_of_the_whole_system(two_years: World) -> None:
    look(two_years)
    Signal.objects.update(scope="system", organisation=None)
    kin = {"signal": Signal.objects.get(), "variant": "seen", "probability": 0.9, "severity": "high"}
    SignalMember.objects.create(organisation_id=two_years.ids["A1"], reason_th="ก", reason_en="a", **kin)
    area, region = two_years.officer("A1"), viewer("region_director", two_years.ids["RA"])
    for who in (area, region):
        assert len(inbox(who, region_code="RA")) == len(inbox(who, organisation_id=two_years.ids["A1"])) == 1
        assert inbox(who, region_code="RB") == inbox(who, organisation_id=two_years.ids["B2"]) == ()
    assert len(inbox(organisation_id=two_years.ids["B2"])) == len(inbox(region_code="RB")) == 1
