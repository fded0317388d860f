"""Names and codes an organisation goes by, as rows and as what is compared."""

from __future__ import annotations

from collections.abc import Iterable

from sanyan.apps.organisations.models import Alias, Organisation
from sanyan.apps.organisations.registry import OrganisationRow
from sanyan.core.thai.names import name_key


def normalised(text: str, kind: str) -> str:
    """What two writings of one name, or of one code, have in common."""
    return name_key(text) if kind == Alias.Kind.NAME else "".join(text.split()).upper()


def wanted(row: OrganisationRow) -> dict[tuple[str, str], None]:
    """Kind and text of each alias a row asks for, once, in order."""
    names = (row.name_th, row.short_th, row.name_en, *row.other_names)
    found = [(Alias.Kind.NAME.value, text) for text in names]
    found += [(Alias.Kind.CODE.value, text) for text in (row.code, *row.other_codes)]
    return dict.fromkeys((kind, text) for kind, text in found if text)


def missing(
    organisations: Iterable[tuple[Organisation, OrganisationRow]],
) -> dict[str, list[Alias]]:
    """Aliases not kept yet, by code of the organisation."""
    pairs = list(organisations)
    kept: dict[int, set[tuple[str, str]]] = {}
    for key, kind, text in Alias.objects.values_list("organisation_id", "kind", "text"):
        kept.setdefault(key, set()).add((kind, text))
    lacking = {
        row.code: [
            Alias(organisation=organisation, kind=kind, text=text, normalised=normalised(text, kind))
            for kind, text in wanted(row)
            if (kind, text) not in kept.get(organisation.pk, set())
        ]
        for organisation, row in pairs
    }
    return {code: rows for code, rows in lacking.items() if rows}
