"""The words, tones and shapes of a case's states, parts and standings."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sanyan.interfaces.web.words import Word

ORIGIN = {
    "positive_outlier": Word(_("พบจากตัวเลข"), "accent", "square"),
    "nomination": Word(_("เขตเสนอ"), "soft", "diamond"),
}
STATE = {
    "candidate": Word(_("ผู้สมัคร"), "none", "ring"),
    "drafted": Word(_("ร่างบัตรแล้ว"), "watch", "half"),
    "verified": Word(_("ตรวจแล้ว"), "accent", "tick"),
    "published": Word(_("เผยแพร่แล้ว"), "met", "tick"),
    "withdrawn": Word(_("ถอนออกแล้ว"), "none", "square"),
}
STANDING = {
    "stated": Word(_("ระบุไว้"), "met", "tick"),
    "inferred": Word(_("อนุมาน"), "watch", "diamond"),
    "missing": Word(_("ไม่มีข้อมูล"), "none", "ring"),
}
BASIS = {
    "text": _("จากข้อความที่เขตเขียน"),
    "figures": _("จากตัวเลขที่รับรองแล้ว"),
    "person": _("ผู้ตรวจเขียน"),
}
ALIKE = {
    "close": Word(_("บริบทคล้ายเขตนี้มาก"), "met", "square"),
    "fair": Word(_("บริบทคล้ายพอสมควร"), "accent", "square"),
    "far": Word(_("บริบทต่างกัน"), "none", "ring"),
    "unknown": Word(_("ยังเทียบบริบทไม่ได้"), "none", "ring"),
}
KNOWN = {
    "in_place": Word(_("มีแล้ว"), "met", "tick"),
    "mentioned": Word(_("เขตเคยเขียนถึง"), "accent", "half"),
    "absent": Word(_("ยังไม่มี"), "watch", "diamond"),
    "not_known": Word(_("ยังไม่ทราบ"), "none", "ring"),
}
DECISION = {
    "chosen": Word(_("เลือก"), "met", "tick"),
    "not_chosen": Word(_("ไม่เลือก"), "none", "square"),
    "": Word(_("ยังไม่ตัดสิน"), "watch", "ring"),
}
LEVEL = {"area": Word(_("ระดับเขต")), "region": Word(_("ระดับเขตตรวจราชการ")), "centre": Word(_("ส่วนกลาง"))}
SIZE_BAND = {
    "small": Word(_("เขตขนาดเล็ก")),
    "medium": Word(_("เขตขนาดกลาง")),
    "large": Word(_("เขตขนาดใหญ่")),
}
SOURCE = {
    "answer": _("แบบรายงาน"),
    "nomination": _("ใบเสนอแบบอย่าง"),
    "told": _("เขตเล่าเพิ่ม"),
}
UNUSED = {
    "not-about-a-case": _("ช่องนี้ไม่ใช่เนื้อหาของกรณีศึกษา"),
    "nothing-recognised": _("ไม่พบส่วนที่ใช้เติมบัตรได้"),
    "empty": _("ไม่มีข้อความ"),
}
PARTS: dict[str, Promise] = {
    "context": _("บริบท"),
    "intervention": _("สิ่งที่ทำ"),
    "mechanism": _("ได้ผลเพราะอะไร"),
    "outcome": _("ผลที่เกิด"),
    "conditions": _("ถ้าจะทำตาม"),
}
FIELDS: dict[str, Promise] = {
    "problem": _("ปัญหาที่ต้องการแก้"),
    "setting": _("ทำที่ไหน"),
    "size": _("ขนาด"),
    "baseline": _("ก่อนทำ"),
    "what": _("ทำอะไร"),
    "who": _("ใครทำ"),
    "dose": _("บ่อยและนานเพียงใด"),
    "cost": _("ค่าใช้จ่าย (บาท)"),
    "hours": _("เวลาที่ใช้ (ชั่วโมง)"),
    "mechanism": _("กลไก"),
    "outcome": _("ผล"),
    "comparison": _("เทียบกับอะไร"),
    "enablers": _("สิ่งที่ช่วยให้สำเร็จ"),
    "barriers": _("อุปสรรค"),
    "transfer": _("เงื่อนไขเมื่อนำไปใช้ที่อื่น"),
    "workload": _("ผลต่อภาระงาน"),
}


def of(table: dict[str, Word], code: str) -> Word:
    """The word for a code; an unknown code shows itself."""
    return table.get(code, Word(code))
