"""From an empty database to a practice year, through the door that real workbooks take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.collection import actions as collection
from sanyan.apps.collection import queries as collected
from sanyan.apps.collection.actions import ReadWorkbook, UploadedFile
from sanyan.apps.frameworks import actions as frameworks
from sanyan.apps.frameworks import queries as framework_queries
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.jobs.actions import Progress
from sanyan.apps.organisations import actions as organisations
from sanyan.apps.organisations import queries as organisation_queries
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.apps.practice.actions.answering import answer_warnings
from sanyan.core.forms.framework_yaml import load_yaml
from sanyan.core.forms.workbook_reading import WorkbookReading
from sanyan.core.indicators.definitions import Framework
from sanyan.core.practice.areas import PracticeArea
from sanyan.core.practice.handing_in import HandingIn
from sanyan.core.practice.world import World
from sanyan.core.rounds import RoundKey
from sanyan.definitions import EXAMPLE_FRAMEWORK, framework_file
from sanyan.engines.documents.workshop import MadeWorkbook, WorldPlan, workshop

LAST_ROUND = RoundKey(2568, 9)
MONTHS = (6, 9, 12)
MONITORED = "85 เขตเป้าหมายการติดตามออนไลน์ (ข้อมูลฝึกหัด)"
MONITORED_AREAS = 85
DEMO_AREA = "4001"  # the area of the demo accounts, so that they have something to see however few areas are made
CERTIFIED_AFTER = timedelta(days=3)
AT_ONCE = 24
LEFT_TO_DEMO = 3
LISTEN = "practice.listen"
NOT_HANDED_IN = ("not_started", "in_progress")


@dataclass(frozen=True)
class PracticePlan:
    """What to make: fiscal years up to the nine-month round of B.E. 2568, for `areas` areas from all the country."""

    seed: int = 2568
    areas: int = 245
    years: int = 3
    scale: float = 1.0

    @property
    def rounds(self) -> tuple[RoundKey, ...]:
        first = LAST_ROUND.fiscal_year - self.years + 1
        keys = (RoundKey(year, month) for year in range(first, LAST_ROUND.fiscal_year + 1) for month in MONTHS)
        return tuple(key for key in keys if key <= LAST_ROUND)


def example_framework() -> Framework:
    """The example framework that ships with the product."""
    return load_yaml(framework_file(EXAMPLE_FRAMEWORK).read_text(encoding="utf-8"))


def prepare(*, by: Viewer, now: datetime) -> None:
    """Load the registry, draw the areas of online monitoring and publish the example framework, where not done yet."""
    require(viewer=by, capability=Capability.MANAGE)
    organisations.load_registry(by=by, now=now)
    if MONITORED not in {group.name_th for group in organisation_queries.target_groups()}:
        organisations.draw_target_group(
            by=by,
            name_th=MONITORED,
            purpose_th="ติดตามออนไลน์รอบ 9 เดือน และเลือกกรณีศึกษาเป็นต้นแบบของรอบ 12 เดือน",
            size=MONITORED_AREAS,
            seed=PracticePlan.seed,
            now=now,
        )
    _publish_example(by, now)


def _publish_example(by: Viewer, now: datetime) -> None:
    definition = example_framework()
    held = {item.code: item.versions for item in framework_queries.frameworks(viewer=by)}
    states = {version.state for version in held.get(definition.code, ())}
    if not states:
        frameworks.save_draft(by=by, definition=definition, now=now)
    if states <= {"draft"}:
        frameworks.publish(by=by, framework_code=definition.code, checked_by=definition.checked_by, now=now)


def simulate(*, by: Viewer, plan: PracticePlan, folder: Path, progress: Progress) -> int:
    """Write the workbooks and `truth.json` into a folder, and store nothing. Returns how many workbooks."""
    world_plan = _world_plan(by, plan)
    codes = [area.code for area in world_plan.areas]
    files, done = 0, 0
    with workshop(world_plan) as pool:
        for key in plan.rounds:
            for made in pool.round(key, codes, folder=folder, read_back=False):
                done += 1
                files += bool(made.file_name)
                progress(done, len(codes) * len(plan.rounds), f"{key} {made.file_name}")
    _write_truth(world_plan.world(), plan, folder)
    return files


def load_practice(*, by: Viewer, plan: PracticePlan, folder: Path, now: datetime, progress: Progress) -> int:
    """Make the practice year and carry it in round by round; rounds that are in already are left alone.

    Returns how many workbooks were stored.
    """
    require(viewer=by, capability=Capability.MANAGE)
    world_plan = _world_plan(by, plan)
    world = world_plan.world()
    total = len(world_plan.areas) * len(plan.rounds)
    stored, done = 0, 0
    waiting = [key for key in plan.rounds if not _is_loaded(by, world_plan, key)]
    if not waiting:
        progress(total, total, "มีข้อมูลฝึกหัดครบแล้ว")
        return 0
    done = total - len(world_plan.areas) * len(waiting)
    with workshop(world_plan) as pool:
        for key in waiting:
            round_info = _open_round(by, world_plan, key, now)
            loader = _RoundLoader(by, world, world_plan, round_info)
            codes = [area.code for area in world_plan.areas]
            for made in _batched(pool.round(key, codes, folder=folder, read_back=True), AT_ONCE):
                stored += loader.store(made)
                done += len(made)
                progress(done, total, f"{round_info.name_th} {key.fiscal_year}")
            loader.hand_in()
            answer_warnings(by=by, info=round_info, seed=plan.seed, now=now)
            if key != plan.rounds[-1] and round_info.state == "open":
                frameworks.change_round_state(by=by, round_id=round_info.id, state="closed", now=now)
    _write_truth(world, plan, folder)
    _ask_to_listen(by, round_info, now)
    return stored


def _ask_to_listen(by: Viewer, info: RoundInfo, now: datetime) -> None:
    """Leave to the worker what practice people make of what was written: the pages with figures need not wait."""
    if LISTEN in settings.JOB_KINDS:
        jobs.enqueue(kind=LISTEN, title="อ่านสิ่งที่เขตเขียน (ข้อมูลฝึกหัด)", payload={"round_id": info.id}, asked_by=by, now=now)


class _RoundLoader:
    """Carries one round's workbooks in, then hands them in as the practice world says."""

    def __init__(self, by: Viewer, world: World, plan: WorldPlan, info: RoundInfo) -> None:
        self._by, self._world, self._info = by, world, info
        self._is_newest = info.key == max(plan.rounds)
        on = info.data_until
        codes = [area.code for area in plan.areas]
        ids = {code: item.id for code, item in organisation_queries.by_code(codes=codes, on=on).items()}
        rows = {row.organisation_id: row for row in collected.expected(viewer=by, round_id=info.id)}
        self._submissions = {code: rows[ids[code]].submission_id for code in codes}
        self._states = {code: rows[ids[code]].state for code in codes}

    def store(self, made: Sequence[MadeWorkbook]) -> int:
        """Store some workbooks together; one that was stored before and handed in is left alone."""
        readings = [
            ReadWorkbook(
                self._submissions[item.area],
                UploadedFile(item.file_name, size=item.size, sha256=item.sha256),
                self._unfinished(item.reading) if self._is_newest and item.area == DEMO_AREA else item.reading,
            )
            for item in made
            if item.reading is not None and self._states[item.area] in NOT_HANDED_IN
        ]
        if readings:
            collection.store_readings(by=self._by, readings=readings, now=self._time(-8))
        return len(readings)

    @staticmethod
    def _unfinished(reading: WorkbookReading) -> WorkbookReading:
        """The same without its last answers, so that the demo accounts have some to give."""
        answers = reading.report.answers[:-LEFT_TO_DEMO]
        unanswered = tuple(answer.indicator for answer in reading.report.answers[-LEFT_TO_DEMO:])
        return replace(
            reading,
            report=replace(reading.report, answers=answers),
            accepted=reading.accepted - LEFT_TO_DEMO,
            unanswered=(*reading.unanswered, *unanswered),
        )

    def hand_in(self) -> None:
        """Submit, return and certify, each at its time; goes on where a run that was killed had stopped."""
        handed = {code: how for code in self._submissions if (how := self._world.handing(code, self._info.key))}
        if self._is_newest:
            handed.pop(DEMO_AREA, None)  # left for the demo accounts to hand in and certify
        times = {self._submissions[code]: self._time(hand.days_late or 0) for code, hand in handed.items()}
        fresh = self._those(handed, ("submitted", "certified", "returned"), now=NOT_HANDED_IN)
        if fresh:
            submitted_at = {self._submissions[code]: times[self._submissions[code]] for code in fresh}
            collection.submit_many(by=self._by, submitted_at=submitted_at, leave_unanswered=True)
        waiting = (*NOT_HANDED_IN, "submitted")
        for code in self._those(handed, ("returned",), now=waiting):
            submission = self._submissions[code]
            collection.return_submission(
                by=self._by,
                submission_id=submission,
                comment=handed[code].comment,
                now=times[submission] + CERTIFIED_AFTER,
            )
        certified = [self._submissions[code] for code in self._those(handed, ("certified",), now=waiting)]
        if certified:
            last = max(times[submission] for submission in certified)
            collection.certify_many(by=self._by, submission_ids=certified, now=last + CERTIFIED_AFTER)

    def _those(self, handed: dict[str, HandingIn], how: tuple[str, ...], *, now: tuple[str, ...]) -> list[str]:
        """Areas that the world lets hand in like this and that stand so when the round is begun."""
        return sorted(code for code, hand in handed.items() if hand.state in how and self._states[code] in now)

    def _time(self, days: int) -> datetime:
        day = self._info.due_on + timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(10, 30)))


def _world_plan(by: Viewer, plan: PracticePlan) -> WorldPlan:
    code = example_framework().code
    version = framework_queries.find_version(viewer=by, framework_code=code)
    found = chosen_areas(organisation_queries.areas(on=LAST_ROUND.data_until), plan.areas)
    areas = tuple(
        PracticeArea(area.code, area.name_th, area.area_type, area.region_code, area.schools)
        for area in found
        if area.area_type
    )
    return WorldPlan(version.definition, version.number, areas, plan.rounds, plan.seed, plan.scale)


def chosen_areas(areas: Sequence[OrganisationInfo], count: int) -> tuple[OrganisationInfo, ...]:
    """`count` areas spread evenly over the registry, always the demo area, in the registry's order."""
    if count >= len(areas):
        return tuple(areas)
    others = [area for area in areas if area.code != DEMO_AREA]
    wanted = count - (len(areas) - len(others))
    spread = {others[index * len(others) // wanted].code for index in range(wanted)}
    return tuple(area for area in areas if area.code in spread | {DEMO_AREA})


def open_practice_round(*, by: Viewer, plan: PracticePlan, key: RoundKey, now: datetime) -> RoundInfo:
    """The practice round of a key, opened and assigned to the plan's areas unless it was."""
    require(viewer=by, capability=Capability.MANAGE)
    return _open_round(by, _world_plan(by, plan), key, now)


def _open_round(by: Viewer, plan: WorldPlan, key: RoundKey, now: datetime) -> RoundInfo:
    """The practice round of a key, opened and assigned unless it was."""
    info = framework_queries.find_round(viewer=by, framework_code=plan.framework.code, key=key, is_practice=True)
    if info is None:
        foreseen = next(item for item in plan.framework.rounds if item.month == key.month)
        month, day = foreseen.submit_by
        due_on = key.data_until.replace(month=month, day=day)
        frameworks.open_round(
            by=by,
            framework_code=plan.framework.code,
            key=key,
            opens_on=key.data_until - timedelta(days=30),
            due_on=due_on,
            is_practice=True,
            now=now,
        )
        info = framework_queries.find_round(viewer=by, framework_code=plan.framework.code, key=key, is_practice=True)
    assert info is not None
    codes = [area.code for area in plan.areas]
    ids = [item.id for item in organisation_queries.by_code(codes=codes, on=key.data_until).values()]
    collection.assign(by=by, round_id=info.id, organisation_ids=ids, due_on=info.due_on, now=now)
    return info


def _is_loaded(by: Viewer, plan: WorldPlan, key: RoundKey) -> bool:
    """A round is in when someone has certified in it: certifying is the last step and takes all at once."""
    info = framework_queries.find_round(viewer=by, framework_code=plan.framework.code, key=key, is_practice=True)
    if info is None:
        return False
    rows = collected.expected(viewer=by, round_id=info.id)
    return len(rows) >= len(plan.areas) and any(row.certified_at for row in rows)


def _write_truth(world: World, plan: PracticePlan, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    truth = {"practice": True, "seed": plan.seed, **world.truth()}
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")


def _batched(items: Iterable[MadeWorkbook], size: int) -> Iterator[list[MadeWorkbook]]:
    """The items in lists of at most `size` (itertools has this from Python 3.12)."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
