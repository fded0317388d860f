"""Which areas a page shows. The choice lives in the address, so a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from sanyan.interfaces.web import words
from sanyan.interfaces.web.figures.maps import NamedArea, region_name


@dataclass(frozen=True)
class AreaFilter:
    """What was chosen, and what can be."""

    region: str
    area_type: str
    province: str
    text: str
    regions: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, words.Text], ...]
    provinces: tuple[str, ...]

    @classmethod
    def of(cls, request: HttpRequest, areas: Sequence[NamedArea]) -> AreaFilter:
        """The filter of an address over these areas."""
        regions = {area.region_code: region_name(area) for area in areas if area.region_code}
        types = sorted({area.area_type for area in areas if area.area_type})
        return cls(
            region=request.GET.get("region", ""),
            area_type=request.GET.get("type", ""),
            province=request.GET.get("province", ""),
            text=request.GET.get("q", "").strip(),
            regions=tuple(sorted(regions.items())),
            types=tuple((code, words.word("area_type", code).text) for code in types),
            provinces=tuple(sorted({name for area in areas for name in area.provinces})),
        )

    @property
    def active(self) -> bool:
        return bool(self.region or self.area_type or self.province or self.text)

    def keeps(self, area: NamedArea) -> bool:
        """Whether an area passes."""
        return (
            self.region in ("", area.region_code)
            and self.area_type in ("", area.area_type)
            and (not self.province or self.province in area.provinces)
            and (not self.text or self.text in area.short_th or self.text.lower() in area.name_en.lower())
        )
