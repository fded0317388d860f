"""The words, tones and shapes of every state that pages show: one table each, so that a state always looks alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Word:
    """A state in words, with the tone that colours it and the shape that stands beside the colour."""

    text: Text
    tone: str = "none"
    shape: str = "ring"


UNKNOWN = Word(_("ไม่ทราบ"))

AREA_STATUS = {
    "met": Word(_("ถึงเป้า"), "met", "square"),
    "near": Word(_("เฝ้าระวัง"), "watch", "diamond"),
    "watch": Word(_("เฝ้าระวัง"), "watch", "diamond"),
    "missed": Word(_("ต้องช่วย"), "help", "triangle"),
    "help": Word(_("ต้องช่วย"), "help", "triangle"),
    "unknown": Word(_("ไม่มีข้อมูล"), "none", "ring"),
    "none": Word(_("ไม่มีข้อมูล"), "none", "ring"),
}
ATTAINMENT = {
    "met": Word(_("ถึงเป้า"), "met", "square"),
    "near": Word(_("ใกล้เป้า"), "watch", "diamond"),
    "missed": Word(_("ยังไม่ถึงเป้า"), "help", "triangle"),
    "unknown": Word(_("ไม่มีเป้าหรือไม่มีข้อมูล"), "none", "ring"),
}
STANDING = {
    "help": Word(_("ต้องช่วยก่อน"), "help", "triangle"),
    "usual": Word(_("ใกล้เคียงกลุ่ม"), "soft", "square"),
    "strong": Word(_("เด่นกว่ากลุ่ม"), "met", "dot"),
    "unknown": Word(_("ข้อมูลยังไม่พอ"), "none", "ring"),
}
SUBMISSION = {
    "not_started": Word(_("ยังไม่เริ่ม"), "none", "ring"),
    "in_progress": Word(_("กำลังดำเนินการ"), "accent", "half"),
    "submitted": Word(_("รอ ผอ. รับรอง"), "accent", "square"),
    "returned": Word(_("ส่งกลับแก้ไข"), "watch", "diamond"),
    "certified": Word(_("รับรองแล้ว"), "met", "tick"),
    "locked": Word(_("รับรองและปิดแล้ว"), "met", "lock"),
    "reopened": Word(_("เปิดให้แก้ไข"), "watch", "diamond"),
}
ANSWER = {
    "reported": Word(_("รายงานแล้ว"), "met", "tick"),
    "not_applicable": Word(_("ไม่เกี่ยวข้อง"), "none", "ring"),
    "not_available": Word(_("ยังไม่มีข้อมูล"), "watch", "diamond"),
    "not_yet_due": Word(_("ยังไม่ถึงกำหนด"), "none", "ring"),
    "": Word(_("ยังไม่ตอบ"), "none", "ring"),
}
ORIGIN = {
    "web": Word(_("กรอกบนเว็บ")),
    "workbook": Word(_("แบบ Excel")),
    "panel": Word(_("นำเข้าตาราง")),
    "prefill": Word(_("เติมจากรอบก่อน")),
    "api": Word(_("ระบบอื่นส่งมา")),
    "": Word("–"),
}
SEVERITY = {
    "high": Word(_("เร่งดู"), "help", "triangle"),
    "medium": Word(_("ควรดู"), "watch", "diamond"),
    "low": Word(_("ดูเมื่อสะดวก"), "none", "ring"),
}
FINDING = {
    "open": Word(_("รอดู"), "accent", "ring"),
    "explained": Word(_("อธิบายแล้ว"), "met", "tick"),
    "fixed": Word(_("แก้ไขแล้ว"), "met", "tick"),
    "dismissed": Word(_("ไม่ต้องดำเนินการ"), "none", "square"),
    "cleared": Word(_("หายไปเมื่อข้อมูลเปลี่ยน"), "none", "square"),
}
JOB = {
    "queued": Word(_("รอคิว"), "none", "ring"),
    "running": Word(_("กำลังทำ"), "accent", "half"),
    "succeeded": Word(_("เสร็จแล้ว"), "met", "tick"),
    "failed": Word(_("ทำไม่สำเร็จ"), "help", "triangle"),
    "cancelled": Word(_("ยกเลิกแล้ว"), "none", "square"),
}
VERSION = {
    "draft": Word(_("ฉบับร่าง"), "watch", "diamond"),
    "published": Word(_("ใช้อยู่"), "met", "tick"),
    "retired": Word(_("เลิกใช้แล้ว"), "none", "square"),
}
ROUND = {
    "planned": Word(_("ยังไม่เปิด"), "none", "ring"),
    "open": Word(_("เปิดรับ"), "met", "square"),
    "closed": Word(_("ปิดรับแล้ว"), "none", "square"),
    "locked": Word(_("ปิดแล้ว"), "none", "lock"),
}
UPLOAD = {
    "read": Word(_("ตรวจอ่านแล้ว ยังไม่บันทึก"), "watch", "half"),
    "stored": Word(_("บันทึกแล้ว"), "met", "tick"),
    "refused": Word(_("ไม่รับไฟล์นี้"), "help", "triangle"),
}
DELIVERY = {
    "waiting": Word(_("รอส่ง"), "watch", "half"),
    "sent": Word(_("ส่งแล้ว"), "met", "tick"),
    "failed": Word(_("ส่งไม่สำเร็จ"), "help", "triangle"),
}
DELIVERY_REASON = {
    "malformed-address": Word(_("ที่อยู่อีเมลเขียนไม่ถูกต้อง")),
    "no-address": Word(_("บัญชีปิดแล้ว หรือไม่มีที่อยู่อีเมลแล้ว")),
    "out-of-sight": Word(_("ผู้รับไม่มีสิทธิ์ดูเรื่องในฉบับนี้แล้ว")),
    "stopped-midway": Word(_("เครื่องหยุดกลางคันขณะส่ง")),
}
EVIDENCE = {
    "DERIVED": Word(_("คำนวณจากฐานข้อมูล")),
    "DOCUMENTARY": Word(_("เอกสาร")),
    "IMAGE": Word(_("ภาพกิจกรรม")),
    "ATTESTED": Word(_("การรับรองของผู้อำนวยการ")),
}
AREA_TYPE = {
    "primary": Word(_("ประถมศึกษา")),
    "secondary": Word(_("มัธยมศึกษา")),
    "": Word("–"),
}
ROLE = {
    "executive": Word(_("ผู้บริหาร สพฐ.")),
    "me_officer": Word(_("เจ้าหน้าที่ สตผ.")),
    "region_director": Word(_("ผอ.เขตตรวจราชการ")),
    "area_officer": Word(_("เจ้าหน้าที่ สพท.")),
    "area_director": Word(_("ผอ.สพท.")),
    "school_staff": Word(_("บุคลากรสถานศึกษา")),
    "reviewer": Word(_("ผู้ตรวจทานหรือกรรมการ")),
    "participant": Word(_("ผู้ร่วมเวที")),
}
KIND = {
    "number": Word(_("จำนวน")),
    "percent": Word(_("ร้อยละ")),
    "ratio": Word(_("อัตราส่วน")),
    "level": Word(_("ระดับคุณภาพ")),
    "yes-no": Word(_("ใช่หรือไม่ใช่")),
    "narrative": Word(_("ข้อความ")),
}
DIRECTION = {
    "higher": Word(_("ยิ่งมากยิ่งดี")),
    "lower": Word(_("ยิ่งน้อยยิ่งดี")),
    "none": Word(_("ไม่ตัดสิน ใช้ประกอบ")),
}
NUMBERS = {
    "value": Word(_("ค่าที่รายงาน")),
    "before": Word(_("ค่าที่ใช้เทียบ")),
    "usual": Word(_("ค่าที่คาดจากเขตอื่น")),
    "distance": Word(_("ห่างจากที่คาด (เท่าของความต่างปกติ)")),
    "numerator": Word(_("ตัวตั้ง")),
    "denominator": Word(_("ตัวหาร")),
    "whole": Word(_("ยอดรวม")),
    "sum": Word(_("ผลบวกของส่วนย่อย")),
    "least": Word(_("ส่วนที่น้อยที่สุด")),
    "most": Word(_("ส่วนที่มากที่สุด")),
    "bound": Word(_("ขอบที่กำหนด")),
    "days": Word(_("จำนวนวัน")),
    "due_on": Word(_("วันครบกำหนด")),
    "asked": Word(_("จำนวนที่ถาม")),
    "blank": Word(_("ยังไม่ตอบ")),
    "unavailable": Word(_("ตอบว่ายังไม่มีข้อมูล")),
    "hits": Word(_("จำนวนที่เหมือนเดิม")),
    "indicators": Word(_("ตัวชี้วัดที่เกี่ยวข้อง")),
    "alike": Word(_("ความเหมือน (1 คือเหมือนทั้งหมด)")),
}
SIGNAL = {
    "raised": Word(_("รอตอบ"), "accent", "ring"),
    "acknowledged": Word(_("รับทราบแล้ว"), "accent", "half"),
    "acting": Word(_("กำลังทำอยู่"), "watch", "half"),
    "closed": Word(_("ปิดเรื่องแล้ว"), "met", "tick"),
}
OUTCOME = {
    "helped": Word(_("ช่วยได้"), "met", "tick"),
    "did_not_help": Word(_("ยังไม่ช่วย"), "watch", "diamond"),
    "false_alarm": Word(_("เตือนผิด"), "none", "square"),
    "explained": Word(_("อธิบายแล้ว"), "soft", "tick"),
    "cleared": Word(_("ระบบปิดให้"), "none", "square"),
}
SIGNAL_SCOPE = {
    "system": Word(_("ทั้งระบบ")),
    "region": Word(_("เขตตรวจราชการ")),
    "unit": Word(_("เขตพื้นที่")),
}
CHANCE = {
    "very-high": Word(_("สูงมาก")),
    "high": Word(_("สูง")),
    "medium": Word(_("ปานกลาง")),
    "low": Word(_("ต่ำ")),
}
SIGNAL_CLEARED = {
    "ข้อมูลล่าสุดไม่เข้าเกณฑ์การเตือนแล้ว": Word(_("ข้อมูลล่าสุดไม่เข้าเกณฑ์การเตือนแล้ว")),
    "รวมอยู่ในสัญญาณของพื้นที่ที่ใหญ่กว่าแล้ว": Word(_("รวมอยู่ในสัญญาณของพื้นที่ที่ใหญ่กว่าแล้ว")),
}
STRENGTH = {
    "strong": Word(_("เด่นกว่าที่คาด"), "met", "square"),
    "weak": Word(_("ควรพัฒนา"), "help", "triangle"),
    "unsure": Word(_("ยังบอกไม่ได้ว่าต่าง"), "soft", "ring"),
    "unknown": Word(_("ข้อมูลยังไม่พอ"), "none", "ring"),
}
MOVED = {
    "up": Word(_("ดีขึ้นกว่าปีก่อน"), "met", "tick"),
    "down": Word(_("อ่อนลงกว่าปีก่อน"), "watch", "diamond"),
    "same": Word(_("ยังบอกไม่ได้ว่าเปลี่ยน"), "soft", "ring"),
}
VISIBILITY = {
    "shown": Word(_("แสดง")),
    "greyed": Word(_("มีไม่ถึง 10 โปรดอ่านด้วยความระวัง"), "none", "ring"),
    "hidden": Word(_("มีไม่ถึง 5 จึงไม่แสดง"), "none", "lock"),
}
FUNNEL = {
    "inside": Word(_("อยู่ในกรวย")),
    "high-95": Word(_("สูงกว่ากรวย 95 %")),
    "high-998": Word(_("สูงกว่ากรวย 99.8 %")),
    "low-95": Word(_("ต่ำกว่ากรวย 95 %")),
    "low-998": Word(_("ต่ำกว่ากรวย 99.8 %")),
    "unknown": Word(_("ไม่ทราบจำนวน")),
}
STANCE = {
    "success": Word(_("ความสำเร็จ"), "met", "tick"),
    "problem": Word(_("ปัญหา"), "watch", "diamond"),
    "suggestion": Word(_("ข้อเสนอแนะ"), "accent", "square"),
    "other": Word(_("อื่น ๆ"), "none", "ring"),
}
THEME_SET = {
    "proposed": Word(_("ระบบเสนอ รอคนรับรอง"), "watch", "diamond"),
    "signed": Word(_("รับรองแล้ว"), "met", "tick"),
    "retired": Word(_("ใช้ฉบับใหม่แทน"), "none", "square"),
}
LESSON = {
    "worked": Word(_("สิ่งที่ได้ผล"), "met", "tick"),
    "improve": Word(_("สิ่งที่ต้องปรับปรุง"), "watch", "diamond"),
    "suggested": Word(_("สิ่งที่เขตเสนอ"), "accent", "square"),
}
COURSE = {
    "rising": Word(_("กล่าวถึงมากขึ้น"), "watch", "triangle"),
    "falling": Word(_("กล่าวถึงน้อยลง"), "met", "diamond"),
    "unclear": Word(_("ยังบอกไม่ได้ว่าเปลี่ยน"), "none", "ring"),
}
TABLES: dict[str, dict[str, Word]] = {
    "area_status": AREA_STATUS,
    "attainment": ATTAINMENT,
    "standing": STANDING,
    "strength": STRENGTH,
    "moved": MOVED,
    "visibility": VISIBILITY,
    "funnel": FUNNEL,
    "submission": SUBMISSION,
    "answer": ANSWER,
    "origin": ORIGIN,
    "severity": SEVERITY,
    "finding": FINDING,
    "job": JOB,
    "version": VERSION,
    "round": ROUND,
    "upload": UPLOAD,
    "delivery": DELIVERY,
    "delivery_reason": DELIVERY_REASON,
    "evidence": EVIDENCE,
    "area_type": AREA_TYPE,
    "role": ROLE,
    "kind": KIND,
    "direction": DIRECTION,
    "signal": SIGNAL,
    "stance": STANCE,
    "theme_set": THEME_SET,
    "course": COURSE,
    "lesson": LESSON,
    "outcome": OUTCOME,
    "signal_scope": SIGNAL_SCOPE,
    "chance": CHANCE,
    "signal_cleared": SIGNAL_CLEARED,
}


def word(table: str, code: object) -> Word:
    """The word for a code; an unknown code shows itself rather than nothing."""
    return TABLES[table].get(str(code), Word(str(code)))
