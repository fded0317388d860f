"""What is not answered here, and what can be asked instead. Rules, so that the same question is always told the same."""

# ruff: noqa: E501

from __future__ import annotations

import re
from enum import StrEnum

from sanyan.core.signed_documents import Words


class Reason(StrEnum):
    """Why a question has no answer here."""

    ORDER = "order"
    PERSONAL = "personal"
    JUDGEMENT = "judgement"
    ELSEWHERE = "elsewhere"
    FAR_AHEAD = "far_ahead"
    SCHOOL = "school"
    CAUSE = "cause"
    NO_INDICATOR = "no_indicator"
    UNCLEAR = "unclear"


WHY: dict[Reason, Words] = {
    Reason.ORDER: Words(
        "ข้อความนี้อ่านเหมือนคำสั่งถึงระบบ ไม่ใช่คำถามถึงข้อมูล จึงไม่ได้ทำตาม",
        "This reads as an order to the system, not as a question to the data, so it was not followed.",
    ),
    Reason.PERSONAL: Words(
        "ระบบนี้ไม่มีและไม่ตอบข้อมูลรายบุคคล เพื่อคุ้มครองเด็ก ครู และผู้ปกครอง",
        "The system holds and tells nothing about single persons, to protect children, teachers and parents.",
    ),
    Reason.JUDGEMENT: Words(
        "ข้อมูลนี้เก็บเพื่อพัฒนา ไม่ใช้ตัดสินบุคคล จึงไม่มีคำตอบสำหรับเรื่องนี้",
        "These data are gathered to improve, not to judge persons, so there is no answer to this.",
    ),
    Reason.ELSEWHERE: Words(
        "เรื่องนี้อยู่นอกข้อมูลการติดตามของ สพฐ.",
        "This lies outside the monitoring data of OBEC.",
    ),
    Reason.FAR_AHEAD: Words(
        "ไกลเกินกว่าที่ข้อมูลคาดการณ์ได้ ระบบคาดได้ถึงรอบถัดไปและสิ้นปีงบประมาณ",
        "This is further ahead than the data can tell: the next round and the end of the fiscal year are as far as it goes.",
    ),
    Reason.SCHOOL: Words(
        "ข้อมูลที่รายงานเป็นของเขตพื้นที่ ยังตอบเป็นรายโรงเรียนไม่ได้",
        "Areas report, not schools, so single schools cannot be told.",
    ),
    Reason.CAUSE: Words(
        "ตัวเลขบอกได้ว่าเกิดอะไรที่ไหน แต่บอกสาเหตุไม่ได้ ดูสิ่งที่เขตเขียนไว้ว่าเป็นปัญหาประกอบได้",
        "Figures tell what happened and where, not why. What areas wrote of their problems may help.",
    ),
    Reason.NO_INDICATOR: Words(
        "ไม่มีตัวชี้วัดในกรอบที่ตรงกับคำถามนี้",
        "No indicator of the framework is about this.",
    ),
    Reason.UNCLEAR: Words(
        "ยังอ่านไม่ออกว่าถามถึงเรื่องใด",
        "It is not clear yet what this asks about.",
    ),
}
INSTEAD: dict[Reason, Words] = {
    Reason.ORDER: Words("อัตราการออกกลางคันเท่าไร", "What is the drop-out rate?"),
    Reason.PERSONAL: Words("เขตใดมีจุดแข็งด้านการอ่าน", "Which areas are strong in reading?"),
    Reason.JUDGEMENT: Words("เขตใดต้องการความช่วยเหลือก่อน", "Which areas need help first?"),
    Reason.ELSEWHERE: Words("สรุปผลรอบล่าสุด", "Summary of the latest round"),
    Reason.FAR_AHEAD: Words(
        "สิ้นปีจะเบิกจ่ายงบภาพรวมถึงเป้าไหม", "Will overall budget disbursement meet the target by year-end?"
    ),
    Reason.SCHOOL: Words("โรงเรียนแบบใดควรต่อยอด", "Which school models are worth extending?"),
    Reason.CAUSE: Words("ปัญหาที่พบบ่อย", "What problems are common?"),
    Reason.NO_INDICATOR: Words("สรุปผลรอบล่าสุด", "Summary of the latest round"),
    Reason.UNCLEAR: Words("เขตใดมีจุดแข็งด้านการอ่าน", "Which areas are strong in reading?"),
}

_RULES: tuple[tuple[Reason, str], ...] = (
    (
        Reason.ORDER,
        r"ลืมคำสั่ง|ละเว้นคำสั่ง|เพิกเฉย|ไม่ต้องสนใจ(?:คำสั่ง|กฎ)|ข้ามคำสั่ง|รหัสผ่าน|คำสั่งระบบ|คำสั่งก่อนหน้า|จงทำตัว|สมมติว่าคุณ|คุณคือ|"
        r"โหมดผู้ดูแล|(?:ลบ|แก้ไข|แก้|เปลี่ยน|เพิ่ม)(?:ข้อมูล|คะแนน|ตัวเลข|ผล)(?:ของ|ให้|ทั้งหมด|เป็น)|ตอบว่า.{0,40}เท่านั้น|"
        r"ignore (?:all|any|the|previous|prior|above|your)|disregard|system prompt|password|passwd|api key|secret key|"
        r"drop table|select \*|delete from|<script|\{\{|act as|pretend|jailbreak|admin mode|you are now|reveal your",
    ),
    (
        Reason.JUDGEMENT,
        r"(?:ควร|ต้อง|สมควร)?(?:สั่ง)?ย้าย\s*(?:ผอ|ผู้อำนวยการ)|ลงโทษ|ไล่ออก|ปลด(?:ออก|ผอ|\s*ผอ)|โบนัส|เลื่อนขั้น|เลื่อนเงินเดือน|"
        r"(?:ผอ\.?|ผู้อำนวยการ)[^?]{0,24}(?:เก่ง|แย่|ห่วย|ดี)(?:ที่สุด|สุด)|punish|be fired|fire the|sack the|(?:worst|best) director",
    ),
    (
        Reason.PERSONAL,
        r"(?:ด\.\s?ช\.|ด\.\s?ญ\.|เด็กชาย|เด็กหญิง|น\.\s?ส\.|นางสาว)\s*[ก-๙]{2,}|(?<![ก-๙])(?:นาย(?!ก|ทะเบียน|อำเภอ)|นาง(?!รอง|สาว))\s*[ก-๙]{2,}|"
        r"(?:ครู|ผอ\.?|ผู้อำนวยการ|นักเรียน|เด็ก|บุคลากร|ศึกษานิเทศก์|คนไข้|ผู้ปกครอง)\s*(?:คนไหน|คนใด|ชื่ออะไร|ชื่อว่า|รายใด|รายไหน)|"
        r"ใครเป็น(?:ผอ|ครู|ผู้อำนวยการ|คน)|(?:ผอ\.?|ผู้อำนวยการ)[^ ]{0,20}\s*(?:คือใคร|ชื่ออะไร)|เบอร์(?:โทร|ติดต่อ|มือถือ|ผอ|ครู)|เบอร์โทรศัพท์|ไลน์ไอดี|"
        r"อีเมลของ|ที่อยู่(?:บ้าน|ของ)|เงินเดือน(?:ของ|ครู|ผอ)|เลขบัตร|เลขประจำตัว|บัตรประชาชน|รายชื่อ(?:นักเรียน|เด็ก|ครู|ผอ|ผู้ปกครอง)|ชื่อ(?:เด็ก|นักเรียน|ครู)|"
        r"phone number|e-?mail address|home address|salary of|id card|"
        r"names? of (?:the |all )?(?:students?|pupils?|teachers?|child(?:ren)?|directors?)|which (?:teachers?|pupils?|students?|child)\b|"
        r"who is the (?:director|teacher)|(?<!\d)\d{13}(?!\d)|(?<!\d)0\d{1,2}-?\d{3}-?\d{4}(?!\d)",
    ),
    (
        Reason.ELSEWHERE,
        r"ฝน(?:จะ)?ตก|พยากรณ์อากาศ|สภาพอากาศ|อุณหภูมิ|หวย|ลอตเตอรี่|สลากกิน|ตลาดหุ้น|ราคาหุ้น|หุ้น|ราคาทอง|ราคาน้ำมัน|ฟุตบอล|ผลบอล|บอลโลก|"
        r"เลือกตั้ง|นายกรัฐมนตรี|พรรคการเมือง|ดารา|ร้านอาหาร|สูตร(?:อาหาร|ทำ|แกง|ขนม)|โรงพยาบาล|สาธารณสุข|ตำรวจ|กองทัพ|มหาวิทยาลัย|อุดมศึกษา|"
        r"กระทรวง(?!ศึกษา)|โรงเรียนเอกชน|สอศ\.|สช\.|สกร\.|กศน|วันหยุด|แต่งเพลง|เขียนกลอน|เล่าเรื่องตลก|"
        r"weather|stock market|football|lottery|bitcoin|election|restaurant|hospital|universit|ministry of (?!education)|tell me a joke|write a poem",
    ),
    (
        Reason.SCHOOL,
        r"(?:โรงเรียน|รร\.)\s*(?:บ้าน|วัด|อนุบาล|ชุมชน(?!เข))[ก-๙]{2,}|(?:โรงเรียน|รร\.)[ก-๙]{2,30}(?:วิทยา|พิทยาคม|วิทยาคม|ราษฎร์|ประชาสรรค์|พิทยา)|"
        r"(?:โรงเรียน|รร\.)\s*(?:ไหน|ใด)|which schools?\b|รายโรงเรียน",
    ),
    (
        Reason.CAUSE,
        r"ทำไม|เพราะอะไร|เพราะเหตุใด|เหตุใด|สาเหตุ|เกิดจากอะไร|มาจากอะไร|ต้นเหตุ|อะไรทำให้|\bwhy\b|what causes?|reasons? for|ด้วยเหตุผล",
    ),
)
_COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in _RULES)


def refused(text: str, *, models: bool, lessons: bool) -> Reason | None:
    """The reason why a question in normal form is not answered; None where no rule speaks against it.

    Asking for `models` may name schools of a kind, and asking what worked (`lessons`) may ask "what made it".
    """
    for reason, pattern in _COMPILED:
        if (reason is Reason.SCHOOL and models) or (reason is Reason.CAUSE and lessons):
            continue
        if pattern.search(text):
            return reason
    return None
