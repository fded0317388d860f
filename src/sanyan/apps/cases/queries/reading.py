from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sanyan.apps.accounts import queries as accounts
from sanyan.apps.accounts.access import SYSTEM, Capability, Viewer, may
from sanyan.apps.audit import queries as audit
from sanyan.apps.cases import access
from sanyan.apps.cases.models import Case, CaseField, CaseSource, Pairing
from sanyan.apps.cases.queries.library import Places, described
from sanyan.apps.cases.queries.types import (
    CaseDetail,
    CaseRights,
    Decided,
    FieldView,
    PairView,
    QuoteView,
    Segment,
    SourceView,
)
from sanyan.core.cases.cards import PARTS, CardField
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.core.spans import Span
from sanyan.core.thai.personal_data import Masked, find_personal_data, mask


def case(*, viewer: Viewer, case_id: int, today: date) -> CaseDetail:
    """One case with its card, sources, pairs, life and what the viewer may do; NotFoundError alike for none and not in
    sight."""
    row = access.case(viewer=viewer, id=case_id)
    info = described(viewer, access.visible_cases(viewer=viewer).filter(pk=row.pk), today)[0]
    pairs = list(row.pairings.all())
    places = Places.of(viewer, {row.organisation_id, *(pair.organisation_id for pair in pairs)}, today)
    masked = not places.unmasked.allows(row.organisation_id) and not access.may_edit(viewer=viewer, held=row)
    fields = list(row.fields.all())
    texts = {source.key: _Text(source, fields, masked=masked) for source in row.sources.all()}
    views = {field.field: _field(field, texts, masked=masked) for field in fields}
    own = places.scope.allows(row.organisation_id)
    nomination = getattr(row, "nomination", None)
    rights = _rights(viewer, row)
    reviewer = row.reviewer
    return CaseDetail(
        info=info,
        parts={part: tuple(views[name] for name in names if name in views) for part, names in PARTS.items()},
        sources=tuple(text.view() for text in texts.values()),
        pairs=tuple(_pair(pair, places, row.round_id) for pair in pairs),
        evidence=tuple(row.evidence),
        why_nominated=places.shown(nomination.why, row.organisation_id) if nomination is not None else "",
        proposed_by=row.proposed_by,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        withdrawn_because=row.withdrawn_because,
        reviewer=(reviewer.display_name or reviewer.username) if reviewer else "",
        reviewers=_reviewers(row, today) if rights.assign else (),
        decided=_decided(viewer, row),
        deeds=audit.deeds(object_type="case", object_id=str(row.pk)) if own else (),
        rights=rights,
        masked=masked,
    )


def _pair(pair: Pairing, places: Places, round_id: int) -> PairView:
    seen = places.scope.allows(pair.organisation_id)
    return PairView(
        place=places.place(pair.organisation_id, round_id) if seen else None,
        distance=pair.distance,
        why=Words(pair.why_th, pair.why_en),
        figures=pair.figures,
    )


class _Text:
    """A source's text as the viewer may read it, cut where it is quoted."""

    def __init__(self, source: CaseSource, fields: Iterable[CaseField], *, masked: bool) -> None:
        self.source = source
        self._masked: Masked | None = mask(source.text, find_personal_data(source.text)) if masked else None
        self.text = self._masked.text if self._masked else source.text
        given = (quote for field in fields for quote in field.quotes if quote["source"] == source.key)
        spans = sorted({self._moved(Span(quote["start"], quote["end"])) for quote in given})
        self._marks = _joined(spans)

    def quote(self, start: int, end: int) -> QuoteView:
        """A quote by its place in the text as it was read."""
        span = self._moved(Span(start, end))
        mark = next((number for number, held in enumerate(self._marks, 1) if held.overlaps(span)), 0)
        return QuoteView(self.source.key, mark, span.of(self.text))

    def view(self) -> SourceView:
        return SourceView(
            key=self.source.key,
            kind=self.source.kind,
            round=RoundKey.parse(self.source.round_name),
            indicator_code=self.source.indicator_code,
            name=Words(self.source.name_th, self.source.name_en or self.source.name_th),
            segments=tuple(self._segments()),
            unused=self.source.unused,
            taken_at=self.source.taken_at,
        )

    def _segments(self) -> Iterable[Segment]:
        done = 0
        for number, span in enumerate(self._marks, 1):
            if span.start > done:
                yield Segment(self.text[done : span.start])
            yield Segment(span.of(self.text), number)
            done = span.end
        if done < len(self.text):
            yield Segment(self.text[done:])

    def _moved(self, span: Span) -> Span:
        """A place of the text as it was read, in the text as it is shown."""
        return span if self._masked is None else self._masked.moved(span)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Quotes that share characters are marked as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].overlaps(span):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _field(row: CaseField, texts: dict[str, _Text], *, masked: bool) -> FieldView:
    quotes = tuple(texts[q["source"]].quote(q["start"], q["end"]) for q in row.quotes if q["source"] in texts)
    value = row.value
    if masked:
        value = mask(value, find_personal_data(value)).text
    if row.basis == CaseField.Basis.TEXT:
        value = "\n".join(quote.text for quote in quotes)
    return FieldView(CardField(row.field), value, row.standing, row.basis, quotes, row.edited_at, row.edited_by)


def _rights(viewer: Viewer, row: Case) -> CaseRights:
    edit = access.may_edit(viewer=viewer, held=row)
    manages = may(viewer=viewer, capability=Capability.MANAGE)
    open_ = row.state not in (Case.State.PUBLISHED, Case.State.WITHDRAWN)
    tell = open_ and access.may_tell(viewer=viewer, held=row)
    own = tell and row.origin == Case.Origin.NOMINATION
    return CaseRights(
        edit=edit and open_,
        verify=row.state == Case.State.DRAFTED and access.may_verify(viewer=viewer, held=row),
        publish=row.state == Case.State.VERIFIED and manages,
        tell=tell,
        withdraw=row.state != Case.State.WITHDRAWN and (edit or own),
        assign=manages and open_,
    )


def _reviewers(row: Case, today: date) -> tuple[tuple[int, str], ...]:
    people = accounts.people_over(viewer=SYSTEM, organisation_id=row.organisation_id, roles=("reviewer",), on=today)
    return tuple((person.user_id, person.name) for person in people)


def _decided(viewer: Viewer, row: Case) -> tuple[Decided, ...]:
    seen = access.visible_selections(viewer=viewer)
    entries = row.entries.filter(selection__in=seen).exclude(decision="").select_related("selection").order_by("pk")
    return tuple(
        Decided(
            entry.selection_id,
            entry.selection.name_th,
            entry.selection.level,
            entry.decision,
            entry.reason,
            entry.decided_by,
        )
        for entry in entries
    )
