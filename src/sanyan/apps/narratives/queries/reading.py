"""Source texts, what could not be read, and how much there is."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.narratives import access
from sanyan.apps.narratives.language import configured_embedder
from sanyan.apps.narratives.models import Passage, SourceText, Unread, Vector
from sanyan.apps.narratives.queries.describing import described, masked_source, unmasked_for
from sanyan.apps.narratives.queries.types import PassageInfo, SourceView, TextCounts, UnreadInfo
from sanyan.apps.narratives.shelf import shelf
from sanyan.apps.organisations import queries as organisations
from sanyan.core.signed_documents import Words
from sanyan.core.spans import Span


def passage(*, viewer: Viewer, id: int) -> PassageInfo:
    """One passage, live or replaced."""
    return described(viewer, [access.passage(viewer=viewer, id=id)])[0]


def source_view(*, viewer: Viewer, passage_id: int) -> SourceView:
    """The whole text that a passage stands in, with what is marked in it."""
    row = access.passage(viewer=viewer, id=passage_id)
    source = row.source
    marks = [(row.start, row.end, "passage")]
    marks += [(edit[2], edit[3], "repaired") for edit in source.edits if edit[3] > edit[2]]
    marks += [(start, end, "orders") for start, end in source.orders]
    text, hides = source.text, False
    if not unmasked_for(viewer).allows(source.organisation_id):
        masked = masked_source(source)
        text, hides = masked.text, bool(masked.places)
        moved = [(masked.moved(Span(start, end)), kind) for start, end, kind in marks]
        marks = [(span.start, span.end, kind) for span, kind in moved]
    return SourceView(
        passage=described(viewer, [row])[0],
        text=text,
        original="" if hides else source.original,
        marks=tuple(sorted(marks)),
        repaired=len(source.edits),
        hidden=tuple(str(flag) for flag in source.hidden),
        masked=hides,
        submission_id=source.submission_id,
        read_at=source.read_at,
    )


def passages_of_source(*, viewer: Viewer, source_id: int) -> tuple[PassageInfo, ...]:
    """The passages of one source text, in order."""
    source = access.source_text(viewer=viewer, id=source_id)
    return described(viewer, Passage.objects.select_related("source").filter(source=source))


def voices_of(
    *, viewer: Viewer, organisation_id: int, round_id: int, stances: Sequence[str]
) -> tuple[PassageInfo, ...]:
    """The longest passage of each stance that an area wrote in a round, in the order of `stances`."""
    live = access.passages(viewer=viewer).filter(
        source__organisation_id=organisation_id,
        source__round_id=round_id,
        source__stance__in=stances,
        source__gone_at__isnull=True,
        says_something=True,
        orders=False,
    )
    chosen: dict[str, Passage] = {}
    for row in live.order_by("pk"):
        held = chosen.get(row.source.stance)
        if held is None or len(row.text) > len(held.text):
            chosen[row.source.stance] = row
    return described(viewer, [chosen[stance] for stance in stances if stance in chosen])


def unread(*, viewer: Viewer, round_id: int | None = None, most: int = 200) -> tuple[UnreadInfo, ...]:
    """What could not be read of evidence files, newest first."""
    rows = visible_organisations(viewer=viewer).filter(Unread.objects.all())
    if round_id is not None:
        rows = rows.filter(round_id=round_id)
    found = list(rows[:most])
    infos = {id: frameworks.round_info(viewer=viewer, round_id=id) for id in {row.round_id for row in found}}
    names = {
        id: organisations.by_id(ids={row.organisation_id for row in found if row.round_id == id}, on=info.data_until)
        for id, info in infos.items()
    }
    return tuple(
        UnreadInfo(
            organisation_th=names[row.round_id][row.organisation_id].name_th,
            organisation_en=names[row.round_id][row.organisation_id].name_en,
            organisation_id=row.organisation_id,
            round_id=row.round_id,
            file_name=row.file_name,
            place=Words(row.place, row.place_en),
            code=row.code,
            reason=Words(row.reason_th, row.reason_en),
            after=Words(row.next_th, row.next_en),
            found_at=row.found_at,
        )
        for row in found
    )


def text_counts(*, viewer: Viewer, round_id: int | None = None) -> TextCounts:
    """How much there is to read, within the viewer's sight."""
    scope = visible_organisations(viewer=viewer)
    of_round = Q() if round_id is None else Q(round_id=round_id)
    sources = scope.filter(SourceText.objects.filter(of_round, gone_at__isnull=True))
    passages = Passage.objects.filter(source__in=sources)
    return TextCounts(
        passages=passages.count(),
        areas=sources.values("organisation_id").distinct().count(),
        with_vector=shelf().with_vector,
        unread=scope.filter(Unread.objects.filter(of_round)).count(),
        repaired=sources.exclude(edits=[]).count(),
        orders=passages.filter(orders=True).count(),
    )


def lacks_vectors(*, viewer: Viewer) -> bool:
    """Whether a text in sight waits for its vector by the model in use; never where there is no model."""
    embedder = configured_embedder()
    if embedder is None:
        return False
    held = Vector.objects.filter(model_id=embedder.model_id, text_hash=OuterRef("text_hash"))
    live = access.passages(viewer=viewer).filter(source__gone_at__isnull=True, says_something=True)
    return live.exclude(Exists(held)).exists()
