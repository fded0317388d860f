"""The words that questions are understood over, from the framework of a round and the registry."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from importlib.resources import files

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives import queries as narratives
from sanyan.apps.organisations import queries as organisations
from sanyan.core.asking.vocabulary import Place, Province, ThemeName, Vocabulary, vocabulary_of
from sanyan.core.rounds import RoundKey


def vocabulary(viewer: Viewer, base: RoundInfo, today: date) -> Vocabulary:
    """The words of a round's framework over the registry of its last day. Names of places are no secret."""
    held = frameworks.rounds(viewer=viewer, framework_code=base.framework_code, is_practice=base.is_practice)
    infos = (*organisations.areas(on=base.data_until), *organisations.regions(on=base.data_until))
    places = tuple(
        Place(item.code, item.kind, item.short_th, item.name_en, item.area_type, item.provinces, item.region_code)
        for item in infos
    )
    return _vocabulary(base, today, tuple(info.key for info in held), places, _themes(viewer, base))


@lru_cache(maxsize=8)
def _vocabulary(
    base: RoundInfo, today: date, rounds: tuple[RoundKey, ...], places: tuple[Place, ...], themes: tuple[ThemeName, ...]
) -> Vocabulary:
    framework = frameworks.framework_version(viewer=SYSTEM, version_id=base.version_id).definition
    return vocabulary_of(framework, places, provinces(), today=today, rounds=rounds, current=base.key, themes=themes)


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """The provinces of the shipped registry, by their two digits."""
    path = files("sanyan") / "definitions" / "organisations" / "provinces.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple(Province(row["code"], row["name_th"], row["name_en"]) for row in rows)


def _themes(viewer: Viewer, base: RoundInfo) -> tuple[ThemeName, ...]:
    """Labels of the signed theme set, where themes are kept."""
    filters = narratives.PassageFilters(round_id=base.id)
    found = narratives.theme_counts(viewer=viewer, filters=filters, quotes=0)
    return tuple(ThemeName(item.theme_id, item.label_th, item.label_en) for item in found if item.signed)
