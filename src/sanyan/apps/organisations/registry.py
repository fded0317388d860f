"""The registry that ships with the product, read from `definitions/organisations`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

OFFICE_CODE = "OBEC"
HOLDS_FROM = date(2021, 10, 1)  # first fiscal year with 62 secondary areas; nothing is claimed about before


@dataclass(frozen=True)
class OrganisationRow:
    """One organisation as a file gives it. An empty or missing part changes nothing that is kept already."""

    code: str
    kind: str
    name_th: str
    short_th: str = ""
    name_en: str = ""
    area_type: str = ""
    provinces: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    schools: int | None = None
    note: str = ""
    parent_code: str = ""
    region_code: str = ""
    other_names: tuple[str, ...] = ()
    other_codes: tuple[str, ...] = ()
    place: str = ""


def shipped() -> tuple[OrganisationRow, ...]:
    """OBEC, the regions and the areas, parents before children."""
    office = OrganisationRow(
        code=OFFICE_CODE,
        kind="office",
        name_th="สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
        short_th="สพฐ.",
        name_en="Office of the Basic Education Commission",
        other_names=("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน (สพฐ.)",),
    )
    return (office, *map(_region, _rows("regions.csv")), *map(_area, _rows("areas.csv")))


def provinces() -> dict[str, str]:
    """English name of each province by its Thai name."""
    return {row["name_th"]: row["name_en"] for row in _rows("provinces.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    path = files("sanyan") / "definitions" / "organisations" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _region(row: dict[str, str]) -> OrganisationRow:
    number = int(row["code"][1:])
    return OrganisationRow(
        code=row["code"],
        kind="region",
        name_th=row["name_th"],
        short_th=row["short_th"],
        name_en=row["name_en"],
        provinces=tuple(row["provinces"].split("|")),
        parent_code=OFFICE_CODE,
        other_names=(f"เขตตรวจ {number}", f"เขตตรวจราชการ {number}") if number else (),
        other_codes=(str(number),),
    )


def _area(row: dict[str, str]) -> OrganisationRow:
    return OrganisationRow(
        code=row["code"],
        kind="area",
        area_type=row["area_type"],
        name_th=row["name_th"],
        short_th=row["short_th"],
        name_en=row["name_en"],
        provinces=tuple(row["provinces"].split("|")),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        schools=int(row["schools"]),
        note=row["note"],
        parent_code=OFFICE_CODE,
        region_code=row["region"],
        other_names=_variants(row["short_th"]),
        other_codes=tuple(filter(None, row["other_codes"].split("|"))),
    )


def _variants(short_th: str) -> tuple[str, ...]:
    """How offices also write a short name: "สพป.ขอนแก่น 1", "สพม.เลย-หนองบัวลำภู", with "สนง." before it."""
    kind, _, rest = short_th.partition(".")
    names = [f"{kind}.{rest.replace(' เขต ', ' ')}" if " เขต " in rest else "", f"สนง.{short_th}"]
    if " " in rest and " เขต " not in rest:
        names += [f"{kind}.{rest.replace(' ', '-')}", f"{kind}.{rest.replace(' ', ', ')}"]
    return tuple(name for name in names if name)
