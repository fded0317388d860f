"""Words that mean one thing in area offices. Each line is one meaning: its usual name first, then other ways to say or
write it, in Thai and English. Indicators and policy areas are found by the meanings in their own names, so a framework of
other codes needs no change here. Sources: the glossary of the product and the wording of monitoring reports."""

# ruff: noqa: E501, SIM905

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """One meaning. `name` is its usual Thai name; `phrases` all ways to write it, `name` among them. `wider` names
    meanings that it is a part of: who asks for the wider one may mean it, though less surely."""

    name: str
    phrases: tuple[str, ...]
    wider: tuple[str, ...] = ()


_TABLE = """
การอ่าน|อ่านหนังสือ|การอ่านออกเสียง|อ่านรู้เรื่อง|อ่านคล่อง|ทักษะการอ่าน|reading|RT|อาร์ที|สอบอ่าน|ประเมินการอ่าน
อ่านออกเขียนได้<การอ่าน|อ่านไม่ออก|อ่านไม่ออกเขียนไม่ได้|เขียนไม่ได้|อ่านไม่คล่อง|อ่านและเขียน|อ่านเขียน|การอ่านการเขียน|การอ่านและเขียน|literacy|illiterate|cannot read|can't read|รู้หนังสือ
NT|เอ็นที|การทดสอบความสามารถพื้นฐาน|national test|สอบ NT
O-NET|ONET|โอ เน็ต|โอเน็ต|โอเนต
PISA|พิซา|ปิซา
ผลสัมฤทธิ์|ผลสัมฤทธิ์ทางการเรียน|คะแนนสอบ|achievement|test scores
คุณภาพผู้เรียน|คุณภาพนักเรียน|learner quality|learning quality|คุณภาพผู้เรียนและการเรียนรู้
ออกกลางคัน|ลาออกกลางคัน|เลิกเรียน|ออกจากโรงเรียน|ดรอปเอาท์|ดรอปเอ้าท์|dropout|drop-out|dropouts|drop out|dropping out|หลุดจากโรงเรียน
เด็กนอกระบบ|เด็กหลุดจากระบบ|หลุดจากระบบ|หลุดจากระบบการศึกษา|หลุดระบบ|นอกระบบ|นอกระบบการศึกษา|ไม่ได้เรียนหนังสือ|เด็กไม่ได้เรียน|out of school|out-of-school
เด็กตกหล่น<เด็กนอกระบบ|ตกหล่น|เด็กหล่น
กลับมาเรียน|กลับเข้าเรียน|พาน้องกลับมาเรียน|พาเด็กกลับมาเรียน|ติดตามพบ|ตามกลับ|กลับเข้าสู่ระบบ|back to school|back in school|traced
โอกาส|โอกาสทางการศึกษา|ความเสมอภาค|เสมอภาค|ความเหลื่อมล้ำ|equity|opportunity
zero dropout|ซีโร่ดรอปเอาท์|obec zero dropout|TZD
เรียนต่อ|ศึกษาต่อ|จบ ม.3|continuing their studies|continue studying|further study
นักเรียนยากจน|ยากจน|ยากจนพิเศษ|เด็กจน|ทุนเสมอภาค|ปัจจัยพื้นฐาน|poor students|poverty|extremely poor
เด็กพิการ|พิการ|เรียนรวม|พิเศษเรียนรวม|IEP|เด็กพิเศษ|disabilities|disability|special needs
ทักษะอาชีพ|อาชีพ|รายได้ระหว่างเรียน|มีรายได้ระหว่างเรียน|learn to earn|ฝึกอาชีพ|career|careers|vocational
ความปลอดภัย|สถานศึกษาปลอดภัย|โรงเรียนปลอดภัย|แผนความปลอดภัย|มาตรการ 3 ป|safety|safety plan|safe schools
เหตุความไม่ปลอดภัย|เหตุไม่ปลอดภัย|ความไม่ปลอดภัย|อุบัติเหตุ|เหตุร้าย|incidents|safety incidents|accidents
แก้ไขเหตุ|เหตุที่ได้รับการแก้ไข|ปิดเหตุ|incidents closed|แก้ไขแล้วเสร็จ
สุขภาพจิต|ซึมเศร้า|ดูแลช่วยเหลือรายบุคคล|คัดกรองสุขภาพจิต|mental health|school health hero
ความสุข|มีความสุข|happiness
ครูขาด|ครูขาดแคลน|ขาดครู|ขาดแคลนครู|อัตรากำลังครู|อัตรากำลัง|ครูไม่พอ|ครูไม่ครบ|ครูไม่ครบชั้น|ครูที่ขาด|teacher shortage|teachers short|lack of teachers|teaching posts lacking
พัฒนาครู|อบรมครู|พัฒนาสมรรถนะ|การพัฒนาสมรรถนะ|สมรรถนะครู|ครูได้รับการพัฒนา|teacher training|personnel trained|teachers trained
ครูและบุคลากร|ครูและบุคลากรทางการศึกษา|บุคลากรทางการศึกษา|personnel
ลดภาระครู|ภาระครู|ภาระงานครู|ภาระงานของครู|ลดภาระ|ลดภาระงาน|burden|workload|teacher workload|burden reduction
งานเอกสาร<ลดภาระครู|งานเอกสาร/รายงาน|ภาระงานเอกสาร|ภาระเอกสาร|ชั่วโมงงานเอกสาร|งานธุรการ|paperwork|ทำเอกสาร
งานซ้ำซ้อน<ลดภาระครู|ซ้ำซ้อน|ลดงานซ้ำซ้อน|ทำซ้ำ|duplicated work|duplicate
รายการข้อมูล/รายงาน<ลดภาระครู|จำนวนรายงาน|รายการข้อมูล|รายการที่ขอข้อมูล|data items
เติมให้อัตโนมัติ<ลดภาระครู|ระบบเติมให้|ค่าที่เติมให้|prefilled|ไม่ต้องกรอกใหม่
อยู่เวร<ลดภาระครู|เวรครู|ครูเวร|ยกเลิกเวร|night duty|ครูอยู่เวร
โรงเรียนขนาดเล็ก|รร.ขนาดเล็ก|รร.เล็ก|โรงเรียนเล็ก|โรงเรียนเล็กๆ|ขนาดเล็ก|small schools|small school
แผนบริหารจัดการโรงเรียนขนาดเล็ก|แผนบริหารจัดการ|ควบรวม|ควบรวมโรงเรียน|ครูหมุนเวียน|หมุนเวียนครู|management plan|merging schools
โรงเรียนคุณภาพ|1 อำเภอ 1 โรงเรียนคุณภาพ|หนึ่งอำเภอหนึ่งโรงเรียน|quality schools|quality school
ช่องว่าง|ความต่างระหว่าง|gap
อินเทอร์เน็ต|อินเตอร์เน็ต|อินเทอเน็ต|เน็ต|สัญญาณเน็ต|สัญญาณอินเทอร์เน็ต|internet|connectivity
ดิจิทัล|ดิจิตอล|เทคโนโลยี|ดิจิทัลและเทคโนโลยี|digital|technology|ไอที
แพลตฟอร์ม<ดิจิทัล|แพลตฟอร์มการเรียนรู้|ทุกที่ทุกเวลา|anywhere anytime|platform|platforms|learning platforms
AI|ปัญญาประดิษฐ์|เอไอ
การเบิกจ่าย|เบิกจ่าย|เบิกจ่ายงบประมาณ|ใช้เงิน|ใช้งบ|เบิกงบ|ใช้เงินงบประมาณ|เบิก|budget execution|disburse|disbursing|spent|ใช้จ่ายงบประมาณ|เบิกเงิน|disbursed|disbursement|budget spending|spending
งบลงทุน|investment budget|ค่าครุภัณฑ์|งบก่อสร้าง|investment
ภาพรวมงบประมาณ|งบภาพรวม|งบประมาณภาพรวม|เบิกจ่ายภาพรวม|overall budget|overall disbursement
งบประมาณ|งบ|เงินงบประมาณ|budget|เงินไม่พอ|งบไม่พอ
ธรรมาภิบาล|governance|good governance
ITA|ไอทีเอ|ITA online|คุณธรรมและความโปร่งใส|ความโปร่งใส|โปร่งใส|integrity|transparency|สุจริต
SAR|ซาร์|เอสเออาร์|ประเมินตนเอง|รายงานประเมินตนเอง|self-assessment|ส่ง SAR
ประกันคุณภาพ|การประกันคุณภาพ|quality assurance
PMQA|PMQA 4.0|พีเอ็มคิวเอ
ความพึงพอใจ|พึงพอใจ|ผู้รับบริการ|satisfaction
DMC|ดีเอ็มซี|ยืนยันข้อมูล DMC|ข้อมูล DMC|ข้อมูลนักเรียนรายบุคคล
การนิเทศ|นิเทศ|ได้รับการนิเทศ|ศึกษานิเทศก์|supervised|supervision
ก.ต.ป.น.|กตปน|ก.ต.ป.น|แผนของ ก.ต.ป.น.
องค์การแห่งการเรียนรู้|องค์กรแห่งการเรียนรู้|learning organisation|learning organization
มาตรฐาน สพท.|มาตรฐานสำนักงานเขต|มาตรฐานเขตพื้นที่|area-office standards
การบริหารจัดการที่ดี|บริหารจัดการที่ดี|ภาวะผู้นำ|good management|leadership
ผลงานแบบอย่าง|ผลงานที่แสดงความสำเร็จ|ผลงานเด่น|เป็นแบบอย่างได้|exemplary works|จำนวนผลงาน
จัดการเรียนรู้เชิงรุก|การจัดการเรียนรู้เชิงรุก|active learning|เรียนรู้เชิงรุก|แอคทีฟเลิร์นนิง
ปฐมวัย|เด็กปฐมวัย|อนุบาล|พัฒนาการสมวัย|เด็กเล็ก|kindergarten|early childhood|preschool
ประวัติศาสตร์|หน้าที่พลเมือง|ศีลธรรม|history|civics
อาหารกลางวัน|lunch|school lunch
ภาษาอังกฤษ|english skills|english teaching
คณิตศาสตร์|คณิต|mathematics|maths
พื้นที่ห่างไกล|ห่างไกล|พื้นที่สูง|บนดอย|ทุรกันดาร|ชายแดน|remote areas|remote
ยาเสพติด|บุหรี่ไฟฟ้า|บูลลี่|การกลั่นแกล้ง|bullying|drugs|vaping
ผู้ปกครอง|parents
นวัตกรรม|innovation|innovations
"""


def _concept(line: str) -> Concept:
    head, *others = line.split("|")
    name, _, wider = head.partition("<")
    return Concept(name, (name, *others), (wider,) if wider else ())


CONCEPTS = tuple(_concept(line) for line in _TABLE.strip().splitlines())

# Words of measuring that stand in most indicators and tell none apart.
GENERAL = frozenset(
    """ร้อยละ อัตรา จำนวน คะแนน เฉลี่ย ระดับ ผล ผลการดำเนินงาน ค่าเฉลี่ย เปอร์เซ็นต์ นักเรียน เด็ก ครู โรงเรียน สถานศึกษา เขต พื้นที่ สพท. สพป.
    สพม. สพฐ. ข้อมูล รายงาน ปี รอบ เดือน งาน ประเทศ ทั้งประเทศ ภาค จังหวัด ระบบ การศึกษา ชั้น แห่ง คน มี ได้รับ ดำเนินการ ดี ดีขึ้น จัด แผน ประเมิน
    ตัวชี้วัด ด้าน เรื่อง ประเด็น กลุ่ม หน่วยงาน สำนักงาน เขตพื้นที่การศึกษา share of the and with an at or per in to schools students teachers
    pupils children mean score percent level number area areas office rate ตัวเลข สถิติ ค่า ค่าของ ตอนนี้ ปัจจุบัน ล่าสุด เท่าไร เท่าไหร่ เท่าใด กี่ บ้าง
    ตรวจ ราชการ ไหน ใด อะไร ใคร ที่ไหน ทั้งหมด ขอ หน่อย อยาก รู้ ทราบ ดู บอก แสดง ช่วย ครับ ค่ะ คะ นะ is what which where how who are do does
    did have has show me tell give please this that these those year round month for of on by from report reports ผ่านมา ร้อย ทั่วประเทศ แต่ละ
    overall indicator people มาก น้อย สูง ต่ำ กว่า ที่สุด now current แล้ว ยัง จริง ไหม มั้ย หรือไม่ เรา ของเรา ฉัน ผม ดิฉัน ท่าน ช่วยเหลือ เวลา
    วิธี วิธีการ ผลลัพธ์ บริการ เรียน การเรียนรู้ คุณภาพ พัฒนา เสนอ ใช้ use as time using good better out all other known last than was done
    needs need support receive get information learning teaching data quality report items still its about
    เจอ พบ ถึง เรื่องอะไร พวก กัน มาก เอง ไป มา ให้ ได้ รายชื่อ โรง yet ใหน พื้น อยากรู้ อยากทราบ เสียเวลา there ห้า สาม สิบ ประถม มัธยม ฟัง should ตรงไหน เข้ามา
    ข้าม อย่างไร ยังไง เท่าไหร เท่าไหร่ ขอดู ขอทราบ รบกวน หน่อย นี้ นั้น วันนี้ ล่าสุด please could can you we our us them they i want need to see
    know find help first list many much any some really""".split()
)
