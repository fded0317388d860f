"""A stratified draw with quotas: fair shares first, then chance, repeatable from its seed."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

SMALL, MEDIUM, LARGE, UNSIZED = "small", "medium", "large", "unsized"
SIZE_CLASSES = (SMALL, MEDIUM, LARGE, UNSIZED)


class Stratum(NamedTuple):
    """Units alike in region, type and size class."""

    region: str
    area_type: str
    size_class: str


@dataclass(frozen=True)
class Unit:
    """One unit that can be drawn. `size` counts whatever makes it big, e.g. schools; None where not known."""

    id: int
    region: str
    area_type: str
    size: float | None


@dataclass(frozen=True)
class Draw:
    """Who was drawn and from what: ids by stratum, how many were due from each, how many stood in each."""

    chosen: dict[int, Stratum]
    quotas: dict[Stratum, int]
    populations: dict[Stratum, int]


def allocate(size: int, populations: Mapping[K, int], *, minimum: int = 0) -> dict[K, int]:
    """Share `size` places among groups in proportion to their populations by the largest remainder.

    Every group gets at least `minimum` places, or all it has where it has fewer, and none more than it has.
    Ties go to the group named first. Raise ValueError when the minima need more places, or the groups hold fewer.
    """
    shares = {key: min(minimum, population) for key, population in populations.items()}
    total = sum(populations.values())
    if not sum(shares.values()) <= size <= total:
        raise ValueError(f"{size} places are not between {sum(shares.values())} and {total}")
    for _ in range(size - sum(shares.values())):
        open_groups = [key for key, population in populations.items() if shares[key] < population]
        # whole numbers (total times the shortfall), so that equal remainders are equal
        neediest = max(open_groups, key=lambda key: size * populations[key] - shares[key] * total)
        shares[neediest] += 1
    return shares


def size_classes(units: Sequence[Unit]) -> dict[int, str]:
    """Thirds of the units by size: small, medium, large by id. Equal sizes share a class; unknown stays apart."""
    known = sorted(unit.size for unit in units if unit.size is not None)
    if not known:
        return {unit.id: UNSIZED for unit in units}
    low, high = known[(len(known) - 1) // 3], known[2 * (len(known) - 1) // 3]
    return {
        unit.id: UNSIZED if unit.size is None else SMALL if unit.size <= low else MEDIUM if unit.size <= high else LARGE
        for unit in units
    }


def draw(units: Sequence[Unit], *, size: int, seed: int, minimum: int = 1) -> Draw:
    """Draw `size` units so that every region and type has its share, and small and large units theirs.

    Places go to each pair of region and type by the largest remainder, at least `minimum` to each, and within
    a pair to size classes (thirds within the type); what rounding gave to a class in one pair is paid back in
    the next. Within a stratum chance decides, from `seed` alone: the order of `units` does not matter.
    Raise ValueError when the size cannot be reached (see `allocate`).
    """
    chance = random.Random(seed)  # noqa: S311  (a draw that can be repeated, not a secret)
    strata = _strata(units)
    pairs: dict[tuple[str, str], int] = {}
    for stratum, ids in strata.items():
        pair = (stratum.region, stratum.area_type)
        pairs[pair] = pairs.get(pair, 0) + len(ids)
    quotas: dict[Stratum, int] = {}
    owed = dict.fromkeys(SIZE_CLASSES, 0.0)
    for pair, places in allocate(size, pairs, minimum=minimum).items():
        quotas |= _over_classes(pair, places, strata, owed)
    chosen = {
        unit_id: stratum
        for stratum, places in quotas.items()
        for unit_id in sorted(chance.sample(strata[stratum], places))
    }
    return Draw(chosen, quotas, {stratum: len(ids) for stratum, ids in strata.items()})


def _strata(units: Sequence[Unit]) -> dict[Stratum, list[int]]:
    """Ids by stratum, both in order."""
    found: dict[Stratum, list[int]] = {}
    for area_type in sorted({unit.area_type for unit in units}):
        alike = [unit for unit in units if unit.area_type == area_type]
        classes = size_classes(alike)
        for unit in alike:
            found.setdefault(Stratum(unit.region, area_type, classes[unit.id]), []).append(unit.id)
    return {stratum: sorted(found[stratum]) for stratum in sorted(found)}


def _over_classes(
    pair: tuple[str, str], places: int, strata: Mapping[Stratum, Sequence[int]], owed: dict[str, float]
) -> dict[Stratum, int]:
    """Share a pair's places among its size classes, the most owed first; `owed` carries the rounding on."""
    here = {stratum: len(ids) for stratum, ids in strata.items() if stratum[:2] == pair}
    population = sum(here.values())
    shares = dict.fromkeys(here, 0)
    for stratum, count in here.items():
        owed[stratum.size_class] += places * count / population
    for _ in range(places):
        open_strata = [stratum for stratum in here if shares[stratum] < here[stratum]]
        neediest = max(open_strata, key=lambda stratum: owed[stratum.size_class])
        shares[neediest] += 1
        owed[neediest.size_class] -= 1
    return shares
