"""Where a submission stands, what is left of it, and what this viewer may do with it now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.collection.queries import ExpectedRow, asked_of, unanswered
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.indicators.definitions import Framework, PolicyArea
from sanyan.interfaces.web import formats

OPEN = frozenset({"not_started", "in_progress", "returned", "reopened"})


@dataclass(frozen=True)
class Part:
    """A policy area of a submission: how much of it is answered."""

    area: PolicyArea
    asked: int
    answered: int

    @property
    def left(self) -> int:
        return self.asked - self.answered

    @property
    def left_words(self) -> str:
        return _("เหลือ %(left)s ข้อ") % {"left": formats.count(self.left)}


@dataclass(frozen=True)
class Step:
    name: str
    note: str
    state: str


@dataclass(frozen=True)
class Standing:
    """A submission with everything a page about it needs."""

    row: ExpectedRow
    info: RoundInfo
    framework: Framework
    organisation: OrganisationInfo
    parts: tuple[Part, ...]
    deeds: tuple[str, ...]
    can_answer: bool

    @property
    def asked(self) -> int:
        return sum(part.asked for part in self.parts)

    @property
    def left(self) -> int:
        return sum(part.left for part in self.parts)

    @property
    def answered(self) -> int:
        return self.asked - self.left


def standing_of(viewer: Viewer, row: ExpectedRow) -> Standing:
    """The whole of a submission that the viewer may see."""
    info = frameworks.round_info(viewer=viewer, round_id=row.round_id)
    framework = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    asked = asked_of(viewer=viewer, submission_ids=[row.submission_id])[row.submission_id]
    missing = set(unanswered(viewer=viewer, submission_ids=[row.submission_id])[row.submission_id])
    parts = []
    for area in framework.policy_areas:
        codes = [item.code for item in asked if item.policy_area == area.code]
        if codes:
            parts.append(Part(area, len(codes), sum(code not in missing for code in codes)))
    can_answer = may(viewer=viewer, capability=Capability.ANSWER, organisation_id=row.organisation_id)
    return Standing(
        row=row,
        info=info,
        framework=framework,
        organisation=organisations.organisation(organisation_id=row.organisation_id, on=info.data_until),
        parts=tuple(parts),
        deeds=deeds_for(viewer, row),
        can_answer=can_answer and row.state in OPEN,
    )


def deeds_for(viewer: Viewer, row: ExpectedRow) -> tuple[str, ...]:
    """What this viewer may do with the submission in its present state, the main thing first."""

    def allowed(capability: Capability) -> bool:
        return may(viewer=viewer, capability=capability, organisation_id=row.organisation_id)

    deeds: list[str] = []
    if row.state in OPEN and allowed(Capability.ANSWER):
        deeds.append("submit")
    if row.state == "submitted":
        if allowed(Capability.CERTIFY):
            deeds.append("certify")
        if allowed(Capability.CERTIFY) or allowed(Capability.REVIEW):
            deeds.append("return")
        if allowed(Capability.ANSWER):
            deeds.append("withdraw")
    if row.state in ("certified", "locked") and allowed(Capability.REVIEW):
        deeds.append("reopen")
    return tuple(deeds)


def steps_of(row: ExpectedRow) -> tuple[Step, ...]:
    """The way of a report: fill in, hand in, certify, lock."""
    at = {"submitted": 1, "certified": 3, "locked": 4}.get(row.state, 0)
    notes = (
        formats.moment(row.saved_at) if row.saved_at else "",
        f"{row.submitted_by} · {formats.moment(row.submitted_at)}" if row.submitted_at and at >= 1 else "",
        f"{row.certified_by} · {formats.moment(row.certified_at)}" if row.certified_at and at >= 3 else "",
        "",
    )
    names = (_("กรอกและแนบหลักฐาน"), _("ส่งให้ ผอ. รับรอง"), _("ผอ. รับรอง"), _("ปิดรอบ"))
    now = {1: 2}.get(at, at)
    return tuple(
        Step(name, note, "done" if index < now else "now" if index == now else "")
        for index, (name, note) in enumerate(zip(names, notes, strict=True))
    )


def sentence(standing: Standing, *, late: bool) -> str:
    """What the viewer needs to know first about this report."""
    state = standing.row.state
    due = formats.day(standing.row.due_on)
    if state == "submitted":
        return _("ครบแล้วและส่งแล้ว รอ ผอ. รับรอง")
    if state in ("certified", "locked"):
        return _("รับรองแล้วเมื่อ %(when)s ผลอยู่ในหน้าภาพรวมแล้ว") % {"when": formats.moment(standing.row.certified_at)}
    timing = _("เลยกำหนด %(due)s แล้ว ส่งได้ตามปกติ") if late else _("กำหนดส่ง %(due)s")
    if standing.left == 0:
        return f"{_('ตอบครบทุกข้อแล้ว พร้อมส่งให้ ผอ. รับรอง')} · {timing % {'due': due}}"
    left = _("ยังไม่ครบ %(left)s จาก %(asked)s ข้อ") % {
        "left": formats.count(standing.left),
        "asked": formats.count(standing.asked),
    }
    return f"{left} · {timing % {'due': due}}"
