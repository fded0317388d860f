from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sanyan.apps.accounts.access import SYSTEM, Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.cases import access
from sanyan.apps.cases.actions.nominating import keep_words
from sanyan.apps.cases.faults import moved_on, not_offered, words_of
from sanyan.apps.cases.models import Case, CaseField, CaseSource
from sanyan.apps.cases.outcomes import card_figures
from sanyan.apps.cases.texts import Texts, own_words
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.cases.cards import Card, CardField, SourceText
from sanyan.core.cases.extraction import extract_card
from sanyan.core.errors import BadInputError
from sanyan.core.spans import Span
from sanyan.core.text.values import Stance

CLOSED = (Case.State.PUBLISHED, Case.State.WITHDRAWN)


@dataclass(frozen=True)
class GivenQuote:
    """A quote that a person gives for what they write: characters `start` to `end` of one of the case's sources."""

    source: str
    start: int
    end: int


def draft_card(*, by: Viewer, case_id: int, now: datetime, texts: Texts | None = None) -> tuple[str, ...]:
    """Fill a case's card from what its area wrote and reported. What a person has edited stays as it is.

    Returns the parts that nothing was found for. Doing it again takes in what was written since; a verified card is
    then to be verified anew.
    """
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        access.require_edit(viewer=by, held=case)
        return _draft(by, case, texts or Texts(), now)


def draft_candidates(
    *, by: Viewer, round_id: int, now: datetime, progress: Callable[[int, int, str], None] | None = None
) -> int:
    """Fill the cards of a round's candidates that have none yet. Returns how many; each stands on its own, so that a
    run that is stopped goes on where it was."""
    require(viewer=by, capability=Capability.MANAGE)
    texts = Texts()
    ids = list(Case.objects.filter(round_id=round_id, state=Case.State.CANDIDATE).values_list("pk", flat=True))
    for done, case_id in enumerate(ids, 1):
        draft_card(by=by, case_id=case_id, now=now, texts=texts)
        if progress is not None:
            progress(done, len(ids), "ร่างบัตรกรณีศึกษา")
    return len(ids)


def tell(*, by: Viewer, case_id: int, texts: Mapping[str, str], now: datetime) -> tuple[str, ...]:
    """Add to the story in the area's own words, by boxes of the form, and fill the card again.

    Raise BadInputError where nothing was written, NothingToDoError for a case that is published or withdrawn.
    """
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        access.require_tell(viewer=by, held=case)
        if case.state in CLOSED:
            raise moved_on()
        info = frameworks.round_info(viewer=SYSTEM, round_id=case.round_id)
        version = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id)
        words = own_words({key: words_of(text, key) for key, text in texts.items() if text.strip()}, version.definition)
        if not words:
            words_of("", "process")
        keep_words(case, words, CaseSource.Kind.TOLD, str(info.key), now)
        detail = {"boxes": [item[0] for item in words]}
        record(by=by, trace=Trace("cases.tell", "case", str(case.pk), case.organisation_id, detail), now=now)
        return _draft(by, case, Texts(), now)


def edit_field(
    *,
    by: Viewer,
    case_id: int,
    field: str,
    value: str,
    standing: str,
    now: datetime,
    quotes: Sequence[GivenQuote] = (),
) -> None:
    """Write one part of a card by hand; an empty value says that it is missing.

    Raise BadInputError for a part, standing or quote that is not there. A verified card is then to be verified anew.
    """
    if field not in set(CardField) or standing not in CaseField.Standing.values:
        raise not_offered("field")
    missing = standing == CaseField.Standing.MISSING
    words = "" if missing else words_of(value, field)
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        access.require_edit(viewer=by, held=case)
        if case.state in (Case.State.CANDIDATE, *CLOSED):
            raise moved_on()
        row = CaseField.objects.get(case=case, field=field)
        if (row.value, row.standing) == (words, standing) and not quotes:
            raise moved_on()
        was = {"value": row.value, "standing": row.standing}
        row.value, row.standing = words, standing
        row.basis = "" if missing else CaseField.Basis.PERSON
        row.quotes = [] if missing else _quotes(case, quotes) or row.quotes
        row.edited_at, row.edited_by = now, by.name
        row.save()
        _verify_anew(case)
        detail = {"field": field, "value": words, "standing": standing, "was": was}
        record(by=by, trace=Trace("cases.edit", "case", str(case.pk), case.organisation_id, detail), now=now)


def _draft(by: Viewer, case: Case, texts: Texts, now: datetime) -> tuple[str, ...]:
    if case.state in CLOSED:
        raise moved_on()
    info = frameworks.round_info(viewer=SYSTEM, round_id=case.round_id)
    _keep_sources(case, texts.sources_of(case, info), now)
    sources = list(case.sources.order_by("pk"))
    order = {CaseSource.Kind.TOLD: 0, CaseSource.Kind.NOMINATION: 1, CaseSource.Kind.ANSWER: 2}
    sources.sort(key=lambda row: (order[CaseSource.Kind(row.kind)], row.pk))
    read = [SourceText(row.key, row.field_key, Stance(row.stance), row.text) for row in sources]
    case.is_tied = not case.indicator_code or any(row.cites or row.kind != CaseSource.Kind.ANSWER for row in sources)
    card = extract_card(read, card_figures(case.figures), is_tied=case.is_tied)
    _keep_card(case, card)
    _say_unused(sources, card)
    if case.state == Case.State.CANDIDATE:
        case.state = Case.State.DRAFTED
    case.drafted_at, case.drafted_by = now, by.name
    title = next((row.text for row in sources if row.field_key == "title"), "")
    if (
        case.origin == Case.Origin.POSITIVE_OUTLIER
        and case.is_tied
        and title
        and case.title == case.figures.get("name_th", "")[:300]
    ):
        case.title = title[:300]
    case.save()
    _verify_anew(case)
    missing = tuple(field.value for field in card.missing)
    detail = {"sources": len(sources), "missing": list(missing)}
    record(by=by, trace=Trace("cases.draft", "case", str(case.pk), case.organisation_id, detail), now=now)
    return missing


def _keep_sources(case: Case, rows: Iterable[CaseSource], now: datetime) -> None:
    known = set(case.sources.values_list("key", flat=True))
    fresh = [row for row in rows if row.key not in known]
    for row in fresh:
        row.taken_at = now
    CaseSource.objects.bulk_create(fresh)


def _keep_card(case: Case, card: Card) -> None:
    held = {row.field: row for row in case.fields.all()}
    fresh: list[CaseField] = []
    changed: list[CaseField] = []
    for field, entry in card.entries.items():
        row = held.get(field.value) or CaseField(case=case, field=field.value)
        if row.edited_at is not None:
            continue
        row.value, row.standing, row.basis = entry.value, entry.standing.value, entry.basis.value
        row.quotes = [
            {"source": quote.source, "start": quote.span.start, "end": quote.span.end, "text": quote.text}
            for quote in entry.quotes
        ]
        (changed if row.pk else fresh).append(row)
    CaseField.objects.bulk_create(fresh)
    CaseField.objects.bulk_update(changed, ["value", "standing", "basis", "quotes"])


def _say_unused(sources: Sequence[CaseSource], card: Card) -> None:
    reasons = {item.source: item.reason for item in card.unused}
    changed = [row for row in sources if row.unused != reasons.get(row.key, "")]
    for row in changed:
        row.unused = reasons.get(row.key, "")
    CaseSource.objects.bulk_update(changed, ["unused"])


def _quotes(case: Case, given: Sequence[GivenQuote]) -> list[dict[str, object]]:
    texts = dict(case.sources.values_list("key", "text"))
    for quote in given:
        if quote.source not in texts or not 0 <= quote.start < quote.end <= len(texts[quote.source]):
            raise BadInputError(
                "case-quote",
                "ข้อความที่อ้างไม่อยู่ในต้นฉบับ",
                "The quote is not in the source.",
                next_th="เลือกข้อความจากต้นฉบับอีกครั้ง",
                next_en="Choose the words from the source again.",
                place=quote.source,
            )
    return [
        {
            "source": quote.source,
            "start": quote.start,
            "end": quote.end,
            "text": Span(quote.start, quote.end).of(texts[quote.source]),
        }
        for quote in given
    ]


def _verify_anew(case: Case) -> None:
    """A card that changed after it was verified is a draft again."""
    if case.state == Case.State.VERIFIED:
        case.state = Case.State.DRAFTED
        case.verified_at, case.verified_by, case.verifier_id = None, "", None
        case.save(update_fields=["state", "verified_at", "verified_by", "verifier_id"])
