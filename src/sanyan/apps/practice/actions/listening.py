"""Practice people read what areas wrote: they sign themes, and put cases into the library, so that there is something
to see. They are named as practice people wherever they signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest

from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM, Capability, Viewer, require
from sanyan.apps.cases import actions as cases
from sanyan.apps.cases import queries as case_queries
from sanyan.apps.cases.queries import CaseFilter, CaseInfo
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.jobs.actions import Progress
from sanyan.apps.narratives import actions as narratives
from sanyan.apps.narratives import queries as narrative_queries
from sanyan.core.errors import SanyanError

READER = Viewer(user_id=None, name="เจ้าหน้าที่ สตผ. (ข้อมูลฝึกหัด)", system=True)
STANCES = ("problem", "suggestion", "success")
GROUPS = 15
IN_LIBRARY = 12


def read_what_was_written(*, by: Viewer, info: RoundInfo, now: datetime, progress: Progress) -> dict[str, int]:
    """Read the reports, sign themes where none are signed, and put the first cases into the library."""
    require(viewer=by, capability=Capability.MANAGE)
    read = narratives.read_certified(by=SYSTEM, now=now, progress=progress)
    progress(0, len(STANCES), "หาข้อความที่เขียนซ้ำกัน")
    if read.new or read.gone:
        narratives.mark_copies(by=SYSTEM, round_ids=read.round_ids)
    return {"themes": _sign_themes(info, now, progress), "cases": _fill_library(by, info, now, progress)}


def _sign_themes(info: RoundInfo, now: datetime, progress: Progress) -> int:
    held = narrative_queries.theme_sets(viewer=READER, framework_code=info.framework_code, is_practice=info.is_practice)
    signed = 0
    for done, stance in enumerate(STANCES):
        progress(done, len(STANCES), "จัดกลุ่มข้อความเป็นประเด็น")
        if any(item.stance == stance for item in held):
            continue
        question = narratives.Question(info.framework_code, info.is_practice, stance)
        try:
            made = narratives.propose_themes(by=READER, question=question, groups=GROUPS, now=now)
            narratives.sign_themes(by=READER, theme_set_id=made, now=now)
        except SanyanError:  # a practice year of few areas holds too little to group
            continue
        signed += 1
    if signed:
        narratives.apply_signed(by=SYSTEM, now=now)
    return signed


def _fill_library(by: Viewer, info: RoundInfo, now: datetime, progress: Progress) -> int:
    today = timezone.localdate(now)
    only = CaseFilter(framework_code=info.framework_code, is_practice=info.is_practice)
    if case_queries.library(viewer=by, today=today, only=only):
        return 0
    cases.propose_from_outliers(by=by, round_id=info.id, now=now)
    cases.propose_from_reports(by=by, round_id=info.id, now=now)
    cases.draft_candidates(by=by, round_id=info.id, now=now, progress=progress)
    ready = [
        case
        for case in case_queries.candidates(viewer=by, today=today, only=only)
        if case.is_tied and case.figures and case.copy
    ]
    published = 0
    for case in _in_turn(ready):
        if published == IN_LIBRARY:
            break
        published += _publish(case.id, now)
    return published


def _in_turn(ready: list[CaseInfo]) -> Iterator[CaseInfo]:
    """Cases of each policy area and origin in turn, so that a small library shows something of each."""
    kinds: dict[tuple[str, str], list[CaseInfo]] = {}
    for case in ready:
        kinds.setdefault((case.policy_area, case.origin), []).append(case)
    for turn in zip_longest(*kinds.values()):
        yield from (case for case in turn if case is not None)


def _publish(case_id: int, now: datetime) -> bool:
    try:
        cases.verify(by=READER, case_id=case_id, now=now)
        cases.publish(by=READER, case_id=case_id, now=now)
    except SanyanError:  # a card that lacks what was done, or what came of it, is left to a person
        return False
    return True
