"""The words that questions are understood over: indicators, policy areas, places, rounds, themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sanyan.core.indicators.definitions import Framework, Indicator, PolicyArea
from sanyan.core.rounds import RoundKey, fiscal_year_of


@dataclass(frozen=True)
class Place:
    """An organisation that a question may name. `kind` is "area" or "region"; `provinces` by Thai name."""

    code: str
    kind: str
    short_th: str
    name_en: str
    area_type: str
    provinces: tuple[str, ...]
    region_code: str = ""


@dataclass(frozen=True)
class Province:
    """A province with its two digits and both names."""

    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True)
class ThemeName:
    """A theme of the signed set, by id, with its labels."""

    id: int
    label_th: str
    label_en: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Everything a question can name. `rounds` are those that were opened, oldest first; `current` is the one people
    work on, from which "last year" and "the round before" are counted; `today` stands in where there is none."""

    indicators: tuple[Indicator, ...]
    policy_areas: tuple[PolicyArea, ...]
    places: tuple[Place, ...]
    provinces: tuple[Province, ...]
    today: date
    rounds: tuple[RoundKey, ...] = ()
    current: RoundKey | None = None
    themes: tuple[ThemeName, ...] = ()

    @property
    def fiscal_year(self) -> int:
        """The fiscal year (Buddhist era) that "this year" means."""
        return self.current.fiscal_year if self.current else fiscal_year_of(self.today)

    @cached_property
    def by_code(self) -> Mapping[str, Place]:
        """Places by code."""
        return {place.code: place for place in self.places}

    @cached_property
    def known(self) -> Mapping[str, Indicator]:
        """Indicators by code."""
        return {item.code: item for item in self.indicators}

    def areas_of(self, province: str, area_type: str) -> tuple[Place, ...]:
        """Area offices of a type that serve a province, in order of code."""
        return tuple(
            place
            for place in self.places
            if place.kind == "area" and place.area_type == area_type and province in place.provinces
        )


def vocabulary_of(
    framework: Framework,
    places: Iterable[Place],
    provinces: Iterable[Province],
    *,
    today: date,
    rounds: Iterable[RoundKey] = (),
    current: RoundKey | None = None,
    themes: Iterable[ThemeName] = (),
) -> Vocabulary:
    """The vocabulary of one framework version over a registry; only areas and regions among `places` are kept."""
    return Vocabulary(
        indicators=framework.indicators,
        policy_areas=framework.policy_areas,
        places=tuple(place for place in places if place.kind in ("area", "region")),
        provinces=tuple(provinces),
        today=today,
        rounds=tuple(sorted(set(rounds))),
        current=current,
        themes=tuple(themes),
    )
