"""Passages in words: whose, of which round, under which question, with personal data masked for other offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanyan.apps.accounts.access import Capability, Scope, Viewer, organisations_where
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives.models import Passage, SourceText
from sanyan.apps.narratives.queries.types import PassageInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.indicators.definitions import Framework, Indicator, NarrativeField
from sanyan.core.rounds import BUDDHIST_ERA
from sanyan.core.spans import Span
from sanyan.core.thai.personal_data import (
    Found,
    Masked,
    PersonalData,
    find_personal_data,
    mask,
    together,
    within,
)


def described(viewer: Viewer, passages: Iterable[Passage]) -> tuple[PassageInfo, ...]:
    """The passages in the order given; each is one that the viewer may see."""
    rows = list(passages)
    unmasked = unmasked_for(viewer)
    rounds = {id: _Round(viewer, id) for id in {row.source.round_id for row in rows}}
    for id, about in rounds.items():
        about.areas = organisations.by_id(
            ids={row.source.organisation_id for row in rows if row.source.round_id == id}, on=about.info.data_until
        )
    return tuple(_info(row, rounds[row.source.round_id], unmasked) for row in rows)


def by_ids(viewer: Viewer, ids: Iterable[int]) -> dict[int, PassageInfo]:
    """Passages by id. The caller has asked which the viewer may see."""
    rows = Passage.objects.select_related("source").filter(pk__in=list(ids))
    return {info.id: info for info in described(viewer, rows)}


def unmasked_for(viewer: Viewer) -> Scope:
    """Organisations whose own words the viewer reads with the names in them: their office, and who works on all."""
    return organisations_where(viewer=viewer, capability=Capability.ANSWER)


def masked_source(source: SourceText) -> Masked:
    """The text of a source as it may leave the office that wrote it."""
    return mask(source.text, together((*_held(source), *find_personal_data(source.text))))


def _shown(row: Passage, *, masked: bool) -> str:
    """A passage's text. Who is named where one passage ends and the next begins is known by the whole text alone."""
    if not masked:
        return row.text
    held = within(_held(row.source), Span(row.start, row.end))
    return mask(row.text, together((*held, *find_personal_data(row.text)))).text


def _held(source: SourceText) -> tuple[Found, ...]:
    """Personal data as it was found when the text was read."""
    return tuple(Found(Span(start, end), PersonalData(kind)) for start, end, kind in source.personal)


class _Round:
    def __init__(self, viewer: Viewer, round_id: int) -> None:
        self.info: RoundInfo = frameworks.round_info(viewer=viewer, round_id=round_id)
        version = frameworks.framework_version(viewer=viewer, version_id=self.info.version_id)
        self.framework: Framework = version.definition
        self.fields: Mapping[str, NarrativeField] = {item.key: item for item in self.framework.narrative_fields}
        self.areas: dict[int, OrganisationInfo] = {}

    def indicator(self, code: str) -> Indicator | None:
        return next((item for item in self.framework.indicators if item.code == code), None)


def _info(row: Passage, about: _Round, unmasked: Scope) -> PassageInfo:
    source: SourceText = row.source
    area = about.areas[source.organisation_id]
    indicator = about.indicator(source.indicator_code)
    field = about.fields.get(source.field_key)
    return PassageInfo(
        id=row.pk,
        source_id=source.pk,
        organisation_id=source.organisation_id,
        organisation_th=area.name_th,
        organisation_en=area.name_en or area.name_th,
        region_th=area.region_th,
        region_en=area.region_en,
        round_id=source.round_id,
        round_th=f"{about.info.name_th} {about.info.key.fiscal_year}",
        round_en=f"{about.info.name_en or about.info.name_th} {about.info.key.fiscal_year - BUDDHIST_ERA}",
        policy_area=source.policy_area,
        indicator_code=source.indicator_code,
        indicator_th=indicator.name_th if indicator else source.indicator_code,
        indicator_en=(indicator.name_en or indicator.name_th) if indicator else source.indicator_code,
        field_key=source.field_key,
        field_th=field.name_th if field else "",
        field_en=(field.name_en or field.name_th) if field else "",
        stance=source.stance,
        text=_shown(row, masked=not unmasked.allows(source.organisation_id)),
        file_name=source.file_name,
        page=source.page,
        how=source.how,
        orders=row.orders,
        is_live=source.gone_at is None,
    )


def as_shown(*, viewer: Viewer, organisation_id: int, text: str) -> str:
    """A text of an office as this viewer may read it: with the names in it, or with personal data masked."""
    return text if unmasked_for(viewer).allows(organisation_id) else mask(text, find_personal_data(text)).text
