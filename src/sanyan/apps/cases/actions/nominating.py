from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.cases.actions.proposing import Proposed, kin_of
from sanyan.apps.cases.faults import not_offered, words_of
from sanyan.apps.cases.models import Case, CaseSource, Nomination
from sanyan.apps.cases.outcomes import Outcomes
from sanyan.apps.cases.texts import Texts, Told, offered_name, own_words
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.errors import NothingToDoError
from sanyan.core.indicators.definitions import Framework, Kind
from sanyan.core.thai.characters import one_line

LONGEST_TITLE = 300


def nominate(
    *,
    by: Viewer,
    organisation_id: int,
    round_id: int,
    policy_area: str,
    title: str,
    why: str,
    now: datetime,
    indicator_code: str = "",
    school_name: str = "",
    texts: Mapping[str, str] | None = None,
) -> int:
    """Put an area's own case forward, in the boxes of the form as far as they are filled. Returns the case's id.
    Raise NothingToDoError where the area has put forward one of this title for this matter."""
    require(viewer=by, capability=Capability.ANSWER, organisation_id=organisation_id)
    outcomes = Outcomes(round_id, timezone.localdate(now))
    name = one_line(words_of(title, "title", longest=LONGEST_TITLE))
    _require_asked(outcomes.framework, policy_area, indicator_code)
    case = Case(
        subject=_page_subject(outcomes.info, organisation_id, indicator_code or policy_area, name),
        origin=Case.Origin.NOMINATION,
        organisation_id=organisation_id,
        school_name=one_line(school_name)[:200],
        round_id=round_id,
        policy_area=policy_area,
        indicator_code=indicator_code,
        title=name,
        figures=outcomes.of(organisation_id, indicator_code) if indicator_code else {},
        proposed_at=now,
        proposed_by=by.name,
        proposer_id=by.user_id,
    )
    nomination = Nomination(via=Nomination.Via.PAGE, why=words_of(why, "why"))
    with transaction.atomic():
        _keep(by, case, nomination, now)
        words = own_words(texts or {}, outcomes.framework)
        keep_words(case, words, CaseSource.Kind.NOMINATION, str(outcomes.info.key), now)
    return case.pk


def _page_subject(info: RoundInfo, organisation_id: int, matter: str, title: str) -> str:
    """What a case put forward on the page is about: one title a matter."""
    about = sha256(f"{matter}:{title}".encode()).hexdigest()[:12]
    return f"{kin_of(info)}:page:{organisation_id}:{about}"


def _require_asked(framework: Framework, policy_area: str, indicator_code: str) -> None:
    """Raise BadInputError for a policy area or an indicator of it that the framework does not ask."""
    if policy_area not in {item.code for item in framework.policy_areas}:
        raise not_offered("policy_area")
    known = {item.code: item for item in framework.indicators if item.kind is not Kind.NARRATIVE}
    if indicator_code and (indicator_code not in known or known[indicator_code].policy_area != policy_area):
        raise not_offered("indicator_code")


def propose_from_reports(*, by: Viewer, round_id: int, now: datetime) -> Proposed:
    """Propose the cases that areas offered as models in their certified reports. Doing it again proposes nothing
    twice."""
    require(viewer=by, capability=Capability.MANAGE)
    outcomes, texts = Outcomes(round_id, timezone.localdate(now)), Texts()
    told = [item for held in texts.of_round(outcomes.info).values() for item in held if item.is_offered]
    titled = [item for item in told if one_line(item.answer.text.get("title", ""))]
    with transaction.atomic():
        known = set(Case.objects.values_list("subject", flat=True))
        fresh = [item for item in titled if _subject(item) not in known]
        for item in fresh:
            _from_report(by, item, outcomes, texts, now)
        found = Proposed(len(told), len(fresh), len(titled) - len(fresh), len(told) - len(titled))
        record(by=by, trace=Trace("cases.read_reports", "round", str(round_id), detail=asdict(found)), now=now)
    return found


def _subject(told: Told) -> str:
    return f"{kin_of(told.info)}:report:{told.answer.organisation_id}:{offered_name(told)}"


def _from_report(by: Viewer, told: Told, outcomes: Outcomes, texts: Texts, now: datetime) -> None:
    area = told.answer.organisation_id
    code = told.cited[0] if told.cited else ""
    asked = texts.framework(told.info).indicator(told.answer.indicator_code)
    case = Case(
        subject=_subject(told),
        origin=Case.Origin.NOMINATION,
        organisation_id=area,
        round_id=told.info.id,
        policy_area=told.policy_area,
        indicator_code=code,
        also=list(told.cited[1:]),
        title=one_line(told.answer.text["title"])[:LONGEST_TITLE],
        figures=outcomes.of(area, code) if code else {},
        proposed_at=now,
        proposed_by=by.name,
    )
    _keep(
        by,
        case,
        Nomination(via=Nomination.Via.REPORT, why=f"เขตเสนอไว้ในแบบรายงาน ข้อ {asked.code} {asked.name_th}"),
        now,
    )


def _keep(by: Viewer, case: Case, nomination: Nomination, now: datetime) -> None:
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        if not Case.objects.filter(subject=case.subject).exists():
            raise
        raise NothingToDoError(
            "case-again",
            "เขตเสนอกรณีศึกษาชื่อนี้ไว้แล้ว",
            "This area has put forward a case of this title.",
            next_th="เปิดเรื่องเดิมแล้วเติมเรื่องราว หรือใช้ชื่ออื่น",
            next_en="Open that case and add to it, or use another title.",
        ) from error
    nomination.case, nomination.nominated_at, nomination.nominated_by = case, now, by.name
    nomination.save()
    detail = {"origin": case.origin, "via": nomination.via, "title": case.title, "indicator": case.indicator_code}
    record(by=by, trace=Trace("cases.nominate", "case", str(case.pk), case.organisation_id, detail), now=now)


def keep_words(
    case: Case, words: list[tuple[str, str, str, str, str]], kind: str, round_name: str, now: datetime
) -> None:
    """Keep what was typed as sources of the case, each under its box and the moment."""
    CaseSource.objects.bulk_create(
        CaseSource(
            case=case,
            key=f"{kind}:{key}:{now:%Y%m%d%H%M%S%f}",
            kind=kind,
            round_name=round_name,
            field_key=key,
            name_th=name_th,
            name_en=name_en,
            stance=stance,
            text=text,
            taken_at=now,
        )
        for key, name_th, name_en, stance, text in words
    )
