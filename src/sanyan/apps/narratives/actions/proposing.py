"""Candidate themes: worked out by method from what areas wrote, kept as a proposal for a person to work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max
from numpy.typing import NDArray

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.narratives.actions.questions import Question
from sanyan.apps.narratives.actions.reading import renew_state
from sanyan.apps.narratives.language import configured_embedder
from sanyan.apps.narratives.models import Theme, ThemeAssignment, ThemeSet
from sanyan.apps.narratives.shelf import vectors_of
from sanyan.core.errors import BadInputError
from sanyan.core.text.themes.proposing import propose
from sanyan.core.text.themes.values import CandidateTheme, Proposal
from sanyan.core.text.themes.values import Passage as Written
from sanyan.core.text.values import Stance

JOB = "narratives.propose"
ROUNDS = 3  # of the latest that hold answers to the question: older wording must not drown this year's
MOST_PASSAGES = 4_000
FEWEST_PASSAGES = 20
MOST_GROUPS = 70
WORDS_KEPT = 8


@dataclass(frozen=True)
class _Row:
    passage_id: int
    text: str
    organisation_id: int
    region_id: int | None
    text_hash: str
    round_id: int


def ask_for_themes(*, by: Viewer, question: Mapping[str, Any], groups: int | None = None, now: datetime) -> None:
    """Queue the proposal of themes. Raise BadInputError where there is too little to group, or no such stance."""
    require(viewer=by, capability=Capability.MANAGE)
    asked = _question(question)
    if asked.passages().count() < FEWEST_PASSAGES:
        raise _too_few()
    if groups is not None and not 2 <= groups <= MOST_GROUPS:
        raise _too_many_groups()
    with transaction.atomic():
        payload = {**asked.payload(), "groups": groups}
        job = jobs.enqueue(kind=JOB, title="จัดกลุ่มข้อความเป็นประเด็น", payload=payload, asked_by=by, now=now)
        record(by=by, trace=Trace("narratives.ask_for_themes", "job", str(job.id), detail=asked.payload()), now=now)


def propose_themes(*, by: Viewer, question: Question, groups: int | None = None, now: datetime) -> int:
    """Propose themes for a question, from so many groups or as many as stay firm. An earlier proposal makes way; what
    is signed stays. Returns the set's id."""
    require(viewer=by, capability=Capability.MANAGE)
    rows = _rows(question)
    if len(rows) < FEWEST_PASSAGES:
        raise _too_few()
    vectors = _vectors(rows)
    written = [Written(row.text, str(row.organisation_id), str(row.region_id or "")) for row in rows]
    proposal = propose(written, vectors=vectors, count=groups)
    with transaction.atomic():
        question.sets().filter(state=ThemeSet.State.PROPOSED).update(state=ThemeSet.State.RETIRED, retired_at=now)
        made = ThemeSet.objects.create(
            **question.payload(),
            version=(question.sets().aggregate(most=Max("version"))["most"] or 0) + 1,
            basis=_basis(rows, proposal),
            gates=[
                {"label": item.theme.label, "reason_th": item.reason.th, "reason_en": item.reason.en}
                for item in proposal.refused
            ],
            proposed_at=now,
            proposed_by=by.name,
        )
        _keep(made, proposal.themes, rows, now)
        renew_state()
        detail = {**question.payload(), "themes": len(proposal.themes), "refused": len(proposal.refused)}
        record(by=by, trace=Trace("narratives.propose_themes", "theme_set", str(made.pk), detail=detail), now=now)
    return made.pk


def _keep(theme_set: ThemeSet, candidates: Sequence[CandidateTheme], rows: Sequence[_Row], now: datetime) -> None:
    labels: set[str] = set()
    for number, candidate in enumerate(candidates, start=1):
        theme = Theme.objects.create(
            theme_set=theme_set,
            number=number,
            label_th=_label(candidate.label, labels),
            words=[word for word, _ in candidate.words[:WORDS_KEPT]],
            stability=min(1.0, max(0.0, candidate.stability)),
            origin=Theme.Origin.METHOD,
        )
        ThemeAssignment.objects.bulk_create(
            [
                ThemeAssignment(
                    theme=theme,
                    passage_id=rows[member.row].passage_id,
                    origin=ThemeAssignment.Origin.METHOD,
                    probability=min(1.0, max(0.0, member.strength)),
                    assigned_at=now,
                    assigned_by="ระบบ",
                )
                for member in candidate.members
            ],
            batch_size=500,
        )


def _label(proposed: str, taken: set[str]) -> str:
    """A label that no other theme of the set has."""
    label, number = proposed[:110] or "ประเด็น", 2
    while label in taken:
        label, number = f"{proposed[:100]} ({number})", number + 1
    taken.add(label)
    return label


def _rows(question: Question) -> list[_Row]:
    """The passages of the latest rounds, near-copies among them: the method counts those once by itself."""
    passages = question.passages()
    order = ("source__round__fiscal_year", "source__round__month")
    latest = passages.order_by(*(f"-{name}" for name in order)).values_list("source__round_id", *order).distinct()
    rounds = [row[0] for row in latest[:ROUNDS]]
    fields = ("pk", "text", "source__organisation_id", "source__region_id", "text_hash", "source__round_id")
    chosen = passages.filter(source__round_id__in=rounds).order_by(
        "-source__round__fiscal_year", "-source__round__month", "pk"
    )
    return [_Row(*values) for values in chosen.values_list(*fields)[:MOST_PASSAGES]]


def _vectors(rows: Sequence[_Row]) -> NDArray[np.float32] | None:
    """The vectors of all passages; None where one has none: words alone are then compared."""
    embedder = configured_embedder()
    if embedder is None:
        return None
    vectors, has_one = vectors_of([row.text_hash for row in rows], embedder)
    return vectors if has_one.all() else None


def _basis(rows: Sequence[_Row], proposal: Proposal) -> dict[str, object]:
    embedder = configured_embedder()
    return {
        "passages": len(rows),
        "areas": len({row.organisation_id for row in rows}),
        "rounds": sorted({row.round_id for row in rows}),
        "unassigned": len(proposal.unassigned),
        "ari": proposal.ari,
        "method": proposal.basis.th,
        "method_en": proposal.basis.en,
        "model": embedder.model_id if embedder is not None and proposal.by_meaning else "",
    }


def _question(given: Mapping[str, Any]) -> Question:
    try:
        return Question.of(given)
    except (ValueError, KeyError):
        stances = ", ".join(Stance)
        raise BadInputError(
            "theme-question",
            "ยังไม่ได้เลือกว่าจะหาประเด็นจากความสำเร็จ ปัญหา หรือข้อเสนอแนะ",
            f"Choose one of these to seek themes in: {stances}.",
            next_th="เลือกหนึ่งอย่าง แล้วลองอีกครั้ง",
            next_en="Choose one and try again.",
        ) from None


def _too_many_groups() -> BadInputError:
    return BadInputError(
        "themes-groups",
        f"จำนวนกลุ่มต้องอยู่ระหว่าง 2 ถึง {MOST_GROUPS}",
        f"The number of groups must be from 2 to {MOST_GROUPS}.",
        next_th="เลือกจำนวนกลุ่มจากรายการ หรือให้ระบบเลือกให้",
        next_en="Choose a number from the list, or let the method choose.",
    )


def _too_few() -> BadInputError:
    return BadInputError(
        "themes-too-few-texts",
        f"ข้อความในเรื่องที่เลือกมีไม่ถึง {FEWEST_PASSAGES} ตอน จึงจัดกลุ่มไม่ได้",
        f"There are fewer than {FEWEST_PASSAGES} passages, which is too few to group.",
        next_th="เลือกทุกด้าน หรือรอให้มีรายงานที่รับรองมากขึ้น",
        next_en="Choose all policy areas, or wait until more reports are certified.",
    )
