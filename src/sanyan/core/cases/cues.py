"""Words that tell what a clause of a Thai report speaks of. Kept apart so that they can be read and disputed."""

from __future__ import annotations

import re

from sanyan.core.cases.cards import CardField, Standing

PROBLEM = re.compile(r"ปัญหา|ขาดแคลน|เพื่อ(?:แก้|ลด)|และลด|ตกหล่น|ยังไม่|ไม่เพียงพอ|ความเสี่ยง|ต่ำกว่า|เดือดร้อน")
BECAUSE = re.compile(r"เพราะ|เนื่องจาก|ทำให้|ส่งผลให้|จึง|เป็นผลจาก")
CONDITION = re.compile(r"เงื่อนไข|ต้องมี|ต้อง(?:ได้รับ|เริ่ม)|จำเป็นต้อง|ขยายผล|นำไปใช้|ควรมี|ก่อนเริ่ม|ควรเริ่ม")
COMPARED = re.compile(
    r"(?:เทียบกับ|เทียบ|จาก|กว่า)(?:รอบเดียวกันของ)?(?:ปีก่อน|ปีที่ผ่านมา|รอบก่อน|ค่าเฉลี่ย|เป้าหมาย)"
    r"|เป้าหมาย(?:ของรอบ|ที่กำหนด|ที่ตั้งไว้)"
)
WORKLOAD = re.compile(
    r"ภาระ(?:งาน)?(?:ครู|เพิ่ม)|(?:เพิ่ม|ลด)ภาระ(?!ผู้ปกครอง|นักเรียน|ครอบครัว)|งานซ้ำซ้อน|ลด(?:งาน|เอกสาร|ขั้นตอน|แบบรายงาน|เวลา)"
    r"|งานธุรการ|ชั่วโมงงาน|ใช้เวลามาก|ทำทุกหน้าที่|แบบรายงาน"
)
INCOME = re.compile(r"รายได้|ขาย|จำหน่าย|กำไร|เงินเดือน|วงเงิน|ประหยัด|ออมเงิน|ทุนการศึกษา")
SPENT = re.compile(r"งบ|ค่าใช้จ่าย|ต้นทุน|ลงทุน|ใช้เงิน|ค่าวัสดุ|ค่าตอบแทน|ค่าพาหนะ|ค่าเดินทาง")
ACTORS = re.compile(
    r"ผู้อำนวยการ(?:โรงเรียน|สถานศึกษา|เขต)?|ผู้บริหาร(?:สถานศึกษา|กลุ่มโรงเรียน|โรงเรียน)?|ศึกษานิเทศก์|รองผู้อำนวยการ"
    r"|ครู(?:พี่เลี้ยง|ประจำชั้น|แนะแนว|ต้นแบบ(?:ของเขต)?|ที่ปรึกษา|ทุกคน|(?![ก-๛]))"
    r"|กลุ่มโรงเรียน[ก-๛]{0,24}|คณะกรรมการสถานศึกษา|หน่วยตรวจสอบภายใน|สภานักเรียน"
    r"|ร่วมกับ(?:(?!และ)[ก-๛.]){2,40}|(?:วิทยาลัย|มหาวิทยาลัย)[ก-๛]{0,24}|วิสาหกิจชุมชน|อปท\.|กสศ\.|สพ[ปม]\.[ก-๛]{0,24}"
)

RUNNING: tuple[tuple[re.Pattern[str], CardField], ...] = (
    (re.compile(r"ปัจจัย(?:แห่ง)?ความสำเร็จ|จุดเด่น"), CardField.ENABLERS),
    (re.compile(r"อุปสรรค|ข้อจำกัด"), CardField.BARRIERS),
    (re.compile(r"ข้อเสนอแนะ|ขยายผล|เงื่อนไข"), CardField.TRANSFER),
    (re.compile(r"ผล(?:การดำเนินงาน|ที่เกิด|ลัพธ์|สัมฤทธิ์)|คิดเป็นร้อยละ|พบว่า"), CardField.OUTCOME),
    (re.compile(r"สภาพปัญหา|ปัญหา|ความเป็นมา"), CardField.PROBLEM),
    (re.compile(r"ดำเนินการ|จัดอบรม|จัดทำ|จัดกิจกรรม|พัฒนา|นิเทศ|ลงพื้นที่"), CardField.WHAT),
)
"""What a clause of running text is taken for, by the first of these found in it."""

BOXES: dict[str, tuple[CardField, Standing]] = {
    "title": (CardField.WHAT, Standing.STATED),
    "process": (CardField.WHAT, Standing.STATED),
    "innovation": (CardField.WHAT, Standing.STATED),
    "objective": (CardField.PROBLEM, Standing.INFERRED),
    "context": (CardField.PROBLEM, Standing.STATED),
    "place": (CardField.SETTING, Standing.STATED),
    "period": (CardField.DOSE, Standing.STATED),
    "quantitative": (CardField.OUTCOME, Standing.STATED),
    "qualitative": (CardField.OUTCOME, Standing.STATED),
    "success_factors": (CardField.ENABLERS, Standing.STATED),
    "problem": (CardField.BARRIERS, Standing.STATED),
    "suggestion": (CardField.TRANSFER, Standing.INFERRED),
    "workload": (CardField.WORKLOAD, Standing.STATED),
}
"""What each box of the form asks for. An objective only implies the problem, and a suggestion only implies what must be
in place, unless its words say so (`PROBLEM`, `CONDITION`)."""

SILENT = {"alignment", "images", "self_eval"}
"""Boxes that say nothing of a case."""
