"""Practice areas and how big they are: every denominator comes from here, so they agree across indicators."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sanyan.core.practice.seeding import stream

SECONDARY = "secondary"


@dataclass(frozen=True)
class PracticeArea:
    """An area office of the practice world. `schools` is drawn from what is usual when it is not known."""

    code: str
    name_th: str
    area_type: str
    region: str
    schools: int | None = None


# Yearly change of each measure (share a year): pupils fall with births, budgets follow prices.
_GROWTH = {"pupils": -0.016, "schools": -0.006, "teachers": -0.008, "budget": 0.02}
# What moves with what: measure -> the measure whose growth it shares.
_MOVES_WITH = {
    "schools": "schools",
    "small_schools": "schools",
    "pisa_schools": "schools",
    "teachers": "teachers",
    "staff_norm": "teachers",
    "budget": "budget",
    "investment": "budget",
}


def measures(area: PracticeArea, *, seed: int, year: int, first_year: int, scale: float) -> Mapping[str, float]:
    """Sizes of `area` in fiscal `year`: whole numbers of schools, pupils, staff and so on; budgets in baht.

    They start in `first_year` and change slowly after it. `scale` multiplies all of them.
    """
    start = _starting_sizes(area, seed=seed, scale=scale)
    years = year - first_year
    rng = stream(seed, "growth", area.code)
    own = rng.normal(0, 0.008)
    sizes: dict[str, float] = {}
    for name, size in start.items():
        rate = _GROWTH[_MOVES_WITH.get(name, "pupils")] + own
        sizes[name] = round(size * (1 + rate) ** years, 2 if name in {"budget", "investment"} else None)
    sizes["small_schools"] = min(sizes["small_schools"], sizes["schools"])
    sizes["pisa_schools"] = min(sizes["pisa_schools"], sizes["schools"])
    sizes["users"] = sizes["pupils"] + sizes["teachers"]
    sizes["values_asked"] = 60 + 2 * round(sizes["schools"] * 0.6)
    return sizes


def _starting_sizes(area: PracticeArea, *, seed: int, scale: float) -> dict[str, float]:
    rng = stream(seed, "size", area.code)
    primary = area.area_type != SECONDARY
    drawn = rng.lognormal(math.log(136 if primary else 31), 0.42 if primary else 0.5)
    usual = min(max(drawn, 32), 332) if primary else min(max(drawn, 8), 85)
    schools = max(1.0, round((area.schools if area.schools is not None else usual) * scale))
    pupils = schools * rng.lognormal(math.log(135 if primary else 820), 0.3 if primary else 0.35)
    small = schools * (rng.beta(7, 6) if primary else rng.beta(1.5, 14))
    norm = pupils / 17 + schools * (1.6 if primary else 4)
    budget = (schools * rng.lognormal(12.0, 0.25) + pupils * 350) * (1 if primary else 1.3)
    sizes = {
        "schools": schools,
        "small_schools": small,
        "pisa_schools": max(1.0, schools * (rng.uniform(0.35, 0.6) if primary else 1.0)),
        "pupils": pupils,
        "teachers": norm * rng.uniform(0.93, 1.02),
        "staff_norm": norm,
        "poor": pupils * rng.beta(5, 13),
        "disabled": pupils * rng.beta(8, 160),
        "m3_leavers": pupils * (0.034 if primary else 0.165) * rng.uniform(0.9, 1.1),
        "kindergarten": pupils * 0.19 * rng.uniform(0.9, 1.1) if primary else 0.0,
        "p1": pupils * 0.118 if primary else 0.0,
        "p3": pupils * 0.122 if primary else 0.0,
        "p1_p3": pupils * 0.36 if primary else 0.0,
        "examinees": pupils * (0.06 if primary else 0.19) * rng.uniform(0.35, 0.9),
        "out_of_school": max(3.0, pupils * rng.lognormal(math.log(0.011), 0.55)),
        "budget": budget,
        "investment": budget * rng.uniform(0.25, 0.5),
    }
    return {name: size if name in {"budget", "investment"} else float(round(size)) for name, size in sizes.items()}
