"""What follows a certification, and the work of the jobs: reading texts, then files, then vectors, then themes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from django.conf import settings
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM, viewer_by_id
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.jobs import queries as job_queries
from sanyan.apps.narratives import actions, queries

READ, EMBED = "narratives.read", "narratives.embed"


def read_after_certification(*, certification_ids: Collection[int]) -> None:
    """Follow certifications: their texts are read by the worker, so that nobody's click waits for it."""
    if READ in settings.JOB_KINDS:
        _enqueue(READ, "อ่านข้อความและหลักฐานของรายงานที่รับรองแล้ว", {"certification_ids": sorted(certification_ids)})
    else:
        actions.read_certified(by=SYSTEM, certification_ids=certification_ids, now=timezone.now())


def read(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job: read what was certified (or all) and apply signed themes. Vectors come by another."""
    given = run.payload.get("certification_ids")
    ids = None if given is None else [int(id) for id in given]
    texts = actions.read_certified(by=SYSTEM, certification_ids=ids, now=timezone.now(), progress=run.progress)
    run.check_cancelled()
    files = actions.read_files(by=SYSTEM, certification_ids=ids, now=timezone.now(), progress=run.progress)
    if texts.new or texts.gone or files.pages:
        run.progress(0, None, "หาข้อความที่เขียนซ้ำกัน")
        actions.mark_copies(by=SYSTEM, round_ids=texts.round_ids)
    applied = actions.apply_signed(by=SYSTEM, now=timezone.now())
    return {
        "reports": texts.reports,
        "new": texts.new,
        "gone": texts.gone,
        "passages": texts.passages,
        "files": files.files,
        "pages": files.pages,
        "unread": files.unread,
        "assigned": applied,
    }


def embed(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job: give a vector to each text without one. Stopped, it goes on where it was."""

    def tell(done: int, total: int, doing: str) -> None:
        run.progress(done, total, doing)
        run.check_cancelled()
        if done < total:
            run.let_others_first()

    embedded = actions.embed_missing(by=SYSTEM, progress=tell)
    return {"embedded": embedded, "assigned": actions.apply_signed(by=SYSTEM, now=timezone.now()) if embedded else 0}


def propose(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job: propose themes in the name of who asked."""
    now = timezone.now()
    by = viewer_by_id(user_id=run.asked_by_id, on=timezone.localdate(now))
    question = actions.Question.of(run.payload)
    run.progress(0, None, "จัดกลุ่มข้อความเป็นประเด็น")
    groups = run.payload.get("groups")
    proposed = actions.propose_themes(by=by, question=question, groups=groups and int(groups), now=now)
    return {"theme_set_id": proposed}


def apply_themes(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job: hold signed themes against what they have not seen."""
    run.progress(0, None, "จัดข้อความตามชุดประเด็นที่รับรอง")
    return {"assigned": actions.apply_signed(by=SYSTEM, now=timezone.now())}


def rewrite(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job: have lessons worded better in the name of who asked. Stopped, it goes on where it was."""

    def tell(done: int, total: int, doing: str) -> None:
        run.progress(done, total, doing)
        run.check_cancelled()

    now = timezone.now()
    by = viewer_by_id(user_id=run.asked_by_id, on=timezone.localdate(now))
    made = actions.rewrite_lessons(
        by=by,
        round_id=int(run.payload["round_id"]),
        policy_area=str(run.payload.get("policy_area", "")),
        now=now,
        progress=tell,
    )
    return {"asked": made.asked, **asdict(made)}


def embed_what_is_new() -> None:
    """Queue the embedding of texts without a vector, if there are any; what the worker does from time to time.

    Not asked for by the reading itself: a run without a server would then wait hours for what no one looks at yet.
    """
    if not _is_waiting(EMBED) and queries.lacks_vectors(viewer=SYSTEM):
        _enqueue(EMBED, "ทำดัชนีความหมายของข้อความ", {})


def _enqueue(kind: str, title: str, payload: dict[str, object]) -> None:
    jobs.enqueue(kind=kind, title=title, payload=payload, asked_by=SYSTEM, now=timezone.now())


def _is_waiting(kind: str) -> bool:
    return any(job.kind == kind and not job.ended for job in job_queries.jobs(limit=200))
