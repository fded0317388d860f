"""What people say when they want one thing rather than another: phrases by what is wanted, with how strongly they say so."""

# ruff: noqa: E501

from __future__ import annotations

from enum import StrEnum


class Intent(StrEnum):
    """What a question wants to know."""

    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"
    VALUE = "value"
    EXTREMES = "extremes"
    CHANGE = "change"
    TREND = "trend"
    COMPARE = "compare"
    TARGET = "target"
    PROBLEMS = "problems"
    SUGGESTIONS = "suggestions"
    LESSONS = "lessons"
    MODELS = "models"
    SIGNALS = "signals"
    REPORTING = "reporting"
    DEFINITION = "definition"
    FORECAST = "forecast"
    PROFILE = "profile"
    UNANSWERABLE = "unanswerable"


class Way(StrEnum):
    """Which end or which move is asked for."""

    BETTER = "better"
    WORSE = "worse"
    UP = "up"
    DOWN = "down"
    HIGH = "high"
    LOW = "low"
    MET = "met"
    MISSED = "missed"


def _table(text: str) -> tuple[tuple[str, float], ...]:
    """Lines of "strength: phrase|phrase"."""
    rows = []
    for line in text.strip().splitlines():
        strength, _, phrases = line.partition(":")
        rows += [(phrase.strip(), float(strength)) for phrase in phrases.split("|")]
    return tuple(rows)


CUES: dict[Intent, tuple[tuple[str, float], ...]] = {
    Intent.STRENGTHS: _table(
        """
        3: เยี่ยม|ยอดเยี่ยม|แข็งแกร่ง|แกร่งเรื่อง|มีดีเรื่อง|มีดีอะไร|มีดีด้าน|ข้อดี|นำหน้า|ล้ำหน้า|เกินคาด|ชำนาญ|outstanding|excellent|shine|best at|excels|ดีเรื่องอะไร|ทำอะไรได้ดี|ทำเรื่องใดได้ดี|รุ่ง|strongest
        3: จุดแข็ง|จุดเด่น|เข้มแข็ง|โดดเด่น|เด่นเรื่อง|เด่นด้าน|เก่งเรื่อง|เก่งด้าน|เก่งด้านไหน|ทำได้ดีด้านใด|เด่นที่สุด|เก่งที่สุด|strengths|strong in|strong at|strong points|good at|excel|doing well|มีชื่อเรื่อง
        2: ทำได้ดี|ได้ดี|ทำดี|เด่น|เก่ง|เป็นเลิศ|strong|strength|ถนัด
        """
    ),
    Intent.WEAKNESSES: _table(
        """
        3: เร่งพัฒนา|ต้องเร่ง|ควรแก้ไข|ต้องแก้ไข|ข้อด้อย|ข้อเสีย|บกพร่อง|ไม่เก่ง|อ่อนแอ|ต้องการการสนับสนุน|ควรสนับสนุน|ลงไปช่วย|ควรไปช่วย|ช่วยก่อน|ต้องการแรงหนุน|lagging|poor at|underperform|underperforming|weakest|to improve|ยังทำได้น้อย|เสริมด้านใด|เสริมเรื่องใด|ต้องเสริม|ควรเสริม|น่าจะพัฒนา|ต้องลงไปดูแล|ดูแลเป็นพิเศษ
        3: จุดอ่อน|จุดที่ควรพัฒนา|ควรพัฒนา|ควรปรับปรุง|ต้องปรับปรุง|ต้องพัฒนา|ต้องการความช่วยเหลือ|ต้องช่วย|ควรช่วย|ช่วยเหลือก่อน|help first|ควรได้รับความช่วยเหลือ|ยังอ่อน|อ่อนด้าน|อ่อนเรื่อง|ด้อย|weak|weaknesses|weak points|need help|needs help|need support|struggling|behind in|ล้าหลัง|ตามหลัง|ยังไม่ดี|ทำได้ไม่ดี|ควรเร่ง
        """
    ),
    Intent.VALUE: _table(
        """
        1.5: สัดส่วน|ทำได้เท่าไร|ทำได้กี่|ได้กี่|มีกี่|กี่เหตุ|กี่รายการ|กี่ผลงาน|กี่บาท|ค่าเฉลี่ย|share of|percentage of|figures|count of|ระดับไหน|ระดับใด|อยู่ระดับ|กี่ %
        1.5: เท่าไร|เท่าไหร่|เท่าใด|กี่คน|กี่แห่ง|กี่โรง|กี่โรงเรียน|กี่เปอร์เซ็นต์|กี่เปอร์เซนต์|ร้อยละเท่าไร|ร้อยละเท่าใด|อยู่ที่เท่าไร|ขอตัวเลข|ตัวเลข|สถิติ|how many|how much|what is the rate|figure for|จำนวนเท่าไร|กี่คะแนน|กี่ชั่วโมง
        0.5: อัตรา|ร้อยละ|จำนวน|คะแนน|ผล|rate|score|number of|what is
        """
    ),
    Intent.EXTREMES: _table(
        """
        3: บ๊วย|รองบ๊วย|top|ท้ายๆ|ต้นๆ|เร็วสุด|ช้าสุด|ดีสุด|แย่สุด|หัวแถว|ท้ายแถว|ที่หนึ่ง|สูงมาก|ต่ำมาก|มากเป็นพิเศษ|เป็นพิเศษ|สูงกว่าที่อื่น|ต่ำกว่าที่อื่น|มากกว่าที่อื่น|น้อยกว่าที่อื่น|leading|least|largest|smallest|รุนแรงที่สุด|สูงๆ|ต่ำๆ
        3: สูงสุด|สูงที่สุด|ต่ำสุด|ต่ำที่สุด|มากที่สุด|มากสุด|น้อยที่สุด|น้อยสุด|ดีที่สุด|แย่ที่สุด|ช้าที่สุด|เร็วที่สุด|อันดับ|จัดอันดับ|เรียงลำดับ|อันดับแรก|อันดับต้น|อันดับท้าย|รั้งท้าย|ท้ายสุด|เยอะสุด|เยอะที่สุด|highest|lowest|best|worst|ranking|rank|bottom|most|fewest|หนักที่สุด|หนักสุด
        """
    ),
    Intent.CHANGE: _table(
        """
        3: หนักขึ้น|แรงขึ้น|เยอะขึ้น|ถี่ขึ้น|เร็วขึ้น|ช้าลง|เบาลง|ดิ่งลง|ถอยลง|ดีกว่าปีที่แล้ว|ดีกว่าปีก่อน|แย่กว่าปีที่แล้ว|แย่กว่าปีก่อน|มากกว่าปีที่แล้ว|น้อยกว่าปีที่แล้ว|มากกว่าปีก่อน|น้อยกว่าปีก่อน|ดีกว่าเดิม|แย่กว่าเดิม|กระเตื้อง|ขึ้นหรือลง|better than last year|worse than last year|up from|down from|dropped|grew|worsening|improving|ผิดจากปีก่อน|ต่างจากปีก่อน|ต่างจากปีที่แล้ว|เทียบปีต่อปี|เพิ่มหรือลด|ลดไปเท่าไร|เพิ่มเท่าไร|getting better|getting worse|change since|changed
        3: เพิ่มขึ้น|ลดลง|ดีขึ้น|แย่ลง|ตกลง|พุ่งขึ้น|สูงขึ้น|ต่ำลง|เทียบกับปีที่แล้ว|เทียบกับปีก่อน|เทียบปีที่แล้ว|เทียบปีก่อน|จากปีก่อน|จากปีที่แล้ว|กว่าปีก่อน|กว่าปีที่แล้ว|เปลี่ยนแปลง|เปลี่ยนไป|increased|decreased|increase|decrease|improved|worsened|risen|fallen|rising|falling|going up|going down|compared with last year|since last year|than last year|ขยับขึ้น|มากขึ้น|น้อยลง|อ่อนลง|ก้าวหน้า|ถดถอย|ทรุดลง
        """
    ),
    Intent.TREND: _table(
        """
        4: เส้นเวลา|ไทม์ไลน์|timeline|ความเคลื่อนไหว|พัฒนาการของ|ตลอดสามปี|historical|history of|over the past|past years|รอบต่อรอบ|ทุกรอบ|แต่ละรอบ|สามปีหลัง|ไล่เรียง|ขึ้นๆ ลงๆ|หลายรอบ|ปีที่ผ่านมา|ที่ผ่านมาเป็น|year by year|from year to year|ย้อนดู|ย้อนไป
        4: แนวโน้ม|ย้อนหลัง|แต่ละปี|รายปี|หลายปี|ทุกปี|ตั้งแต่ปี|ช่วงปี|trend|trends|over the years|over time|by year|each year|ที่ผ่านๆ มา|ปีต่อปี|ไล่ตามปี
        1.5: กราฟ|chart|graph|history
        """
    ),
    Intent.COMPARE: _table(
        """
        2.5: เหนือกว่า|กว่ากัน|ใครเหนือ|ไหนดีกว่า|side by side|different from|differ|between|เทียบกับ|วัดกัน|พอๆ กัน|ห่างกัน
        2.5: เปรียบเทียบ|เทียบระหว่าง|ต่างจาก|ต่างกัน|แตกต่าง|ดีกว่ากัน|สูงกว่ากัน|มากกว่ากัน|compare|versus|vs|difference between|เทียบกัน|เทียบให้หน่อย|ใครดีกว่า
        1.5: เทียบ
        """
    ),
    Intent.TARGET: _table(
        """
        3: ทะลุเป้า|เกินเป้า|ผ่านเป้า|ครบตามเป้า|ยังห่าง|hit the target|goal|goals|บรรลุ|ได้เป้า|ตรงเป้า|ถึงเกณฑ์|ไม่ถึงเกณฑ์|ตกเกณฑ์|ต่ำกว่าเกณฑ์|meeting the target|reaching the target|miss the target|missing the target|fall short
        3: ถึงเป้า|ถึงเป้าหมาย|บรรลุเป้า|บรรลุเป้าหมาย|ตามเป้า|ตามเป้าหมาย|เข้าเป้า|ผ่านเกณฑ์|ไม่ผ่านเกณฑ์|ไม่ถึงเป้า|หลุดเป้า|พลาดเป้า|ไม่เข้าเป้า|ต่ำกว่าเป้า|ยังไม่บรรลุ|ห่างเป้า|reached the target|reach the target|meet the target|met the target|on target|missed the target|below target|targets|target|ได้ตามเกณฑ์
        1: เป้าหมาย|เป้า
        """
    ),
    Intent.PROBLEMS: _table(
        """
        3: ติดปัญหา|ลำบาก|ขัดข้อง|สะท้อน|struggle with|complain|complaints|issues|barriers|pain points|ไม่ราบรื่น|ติดตรงไหน|โอดครวญ|ร้องเรียน|ติดเรื่อง|หนักใจ|กลุ้มใจ|เป็นกังวลเรื่อง|ประสบปัญหา|ยุ่งยาก|hindering|hinders|get in the way
        3: ปัญหา|อุปสรรค|ปัญหาอุปสรรค|ติดขัด|ข้อจำกัด|ความยากลำบาก|เดือดร้อน|บ่น|problem|problems|obstacle|obstacles|difficulties|challenges|ข้อขัดข้อง|ร้องเรียนเรื่อง
        """
    ),
    Intent.SUGGESTIONS: _table(
        """
        3.5: อยากให้|ขอให้|ต้องการให้|ขอรับการสนับสนุน|สิ่งที่เขตต้องการ|ask obec|want from|want obec|request|requests|ข้อคิดเห็น|เสนอ|อยากได้|ขอความช่วยเหลือเรื่อง|อยากขอ|proposed|asking for
        3.5: เสนอแนะ|ข้อเสนอแนะ|ข้อเสนอ|เสนออะไร|เสนอให้|ขอให้ สพฐ|อยากให้ สพฐ|อยากให้ส่วนกลาง|เรียกร้อง|ต้องการให้ สพฐ|suggest|suggestions|suggestion|proposals|propose|recommend|ข้อเรียกร้อง|ความต้องการของเขต
        """
    ),
    Intent.LESSONS: _table(
        """
        4: เทคนิค|ทำยังไง|ทำอย่างไร|วิธีไหนดี|วิธีใดได้ผล|แก้ได้|how did|how do areas|how to|กลยุทธ์|แนวทางที่ได้ผล|มาตรการใด|ได้ผลดี|เวิร์ก|เวิร์ค|สำเร็จได้|ทำให้สำเร็จ|ช่วยให้|วิธีลด|วิธีเพิ่ม|วิธีพา|what helps|what helped|worked well|succeed|success
        4: ปัจจัยความสำเร็จ|อะไรทำให้สำเร็จ|ทำอย่างไรจึงสำเร็จ|วิธีที่ได้ผล|ได้ผล|บทเรียน|อะไรได้ผล|วิธีการที่ได้ผล|เคล็ดลับ|what worked|what works|lessons|success factors|lesson|สำเร็จเพราะ|ประสบความสำเร็จ|วิธีแก้|แก้อย่างไร|แก้ปัญหาอย่างไร|ทำอย่างไรให้|ทำยังไงให้|แก้ยังไง
        """
    ),
    Intent.MODELS: _table(
        """
        4: เอาอย่าง|น่าขยาย|ควรขยาย|ตัวอย่างที่ดี|ตัวอย่างดีๆ|ที่อื่นทำตาม|นำร่อง|โมเดล|role model|เรียนรู้จาก|เรียนรู้ได้จาก|นำไปใช้ต่อ|เผยแพร่ต่อ|น่าเผยแพร่|examples to follow|worth copying|worth extending|scale up|model area|ผลงานเด่นที่|ทำตาม|good examples|against the odds
        4: ต่อยอด|ขยายผล|แบบอย่าง|ต้นแบบ|โรงเรียนต้นแบบ|แนวปฏิบัติที่ดี|วิธีปฏิบัติที่เป็นเลิศ|กรณีศึกษา|น่าเอาอย่าง|ดูงาน|ไปดูงาน|ถอดบทเรียน|เกินบริบท|สวนกระแส|best practice|best practices|case study|case studies|good practice|good practices|model schools|models|นำไปใช้ที่อื่น|ทำตามได้|เป็นตัวอย่าง|น่าศึกษา|copy from
        """
    ),
    Intent.SIGNALS: _table(
        """
        4: วิกฤต|เร่งด่วน|ส่อเค้า|น่ากังวล|น่าวิตก|ธงแดง|red flag|red flags|concerning|urgent|ต้องเฝ้าดู|เฝ้าดู|ระวังเรื่อง|ควรระวัง|ต้องใส่ใจ|ต้องดูด่วน|watch out|ส่งสัญญาณ|มีแววจะ
        4: สัญญาณเตือน|สัญญาณ|เตือนภัย|น่าเป็นห่วง|น่าห่วง|ต้องรีบดู|เฝ้าระวัง|ต้องจับตา|จับตา|เสี่ยง|ผิดปกติ|warning|warnings|alerts|alert|signals|at risk|worrying|need attention|needs attention|ต้องระวัง|เรื่องด่วน|ต้องรีบ
        """
    ),
    Intent.REPORTING: _table(
        """
        4: ค้างรายงาน|รายงานไม่ครบ|ขาดรายงาน|รายงานมาแล้ว|ส่งมาแล้ว|กี่เขตที่ส่ง|ส่งมาครบ|ครบหรือยัง|overdue|outstanding reports|ส่งข้อมูลช้า|เลยกำหนด|เลยกำหนดส่ง|ส่งงาน|ทวงรายงาน|รับรองแล้ว|รับรองครบ|ส่งไม่ทัน|ส่งทัน|ยังค้าง|ส่งกี่เขต|handed in|reporting progress|reported so far|ส่งผล|ไม่ยอมส่ง
        4: ยังไม่ส่ง|ไม่ส่งรายงาน|ส่งรายงานแล้ว|ส่งแล้ว|ส่งครบ|ส่งช้า|ค้างส่ง|ยังไม่รายงาน|ยังไม่ได้รายงาน|ยังไม่ได้ส่ง|ไม่ได้ส่ง|รายงานครบ|ส่งรายงาน|รายงานช้า|เกินกำหนดส่ง|ใครยังไม่|not reported|not yet reported|have reported|has reported|hasn't reported|haven't reported|submitted|not submitted|missing reports|late reports|รอรับรอง|ยังไม่รับรอง|ความก้าวหน้าการรายงาน|ส่งข้อมูลครบ|ส่งข้อมูลแล้ว
        """
    ),
    Intent.DEFINITION: _table(
        """
        4: เกณฑ์คืออะไร|เกณฑ์อย่างไร|วิธีคิด|วิธีคำนวณ|ตัวตั้ง|ตัวหาร|หน่วยนับ|หมายถึง|แปลว่า|อธิบายตัวชี้วัด|อธิบายความหมาย|ความหมายของ|ความหมาย|นับรวมอะไร|define|explain|how do you calculate|stands for|วัดผลอย่างไร
        1.5: คือ
        4: คืออะไร|หมายถึงอะไร|หมายความว่า|แปลว่าอะไร|นิยาม|คิดอย่างไร|คำนวณอย่างไร|คำนวณยังไง|คิดยังไง|สูตร|คิดจากอะไร|วัดอย่างไร|วัดจากอะไร|วัดยังไง|ย่อมาจาก|definition|meaning of|what does|mean by|how is|calculated|นับอย่างไร|นับยังไง|นับจากอะไร|ตัวหารคือ|เป้าหมายคือเท่าไร
        """
    ),
    Intent.FORECAST: _table(
        """
        4.5: โอกาสที่|มีแนวโน้มจะ|จะเป็นเท่าไร|จะได้เท่าไร|จะจบที่|จบปี|ปิดปี|ตอนสิ้นปี|ทันไหม|ทันหรือไม่|projected|projection|likely to|by september|on track|คาดว่าจะ|ประมาณการ|จะไปถึง|จะถึงไหม|จะทำได้ไหม|จะบรรลุ|ก่อนสิ้นปี|จะอยู่ที่|end of year|year end|expect|expected|ท้ายปี|จะเป็นอย่างไรต่อ|ข้างหน้า|รอบถัดไป|รอบต่อไป|ทันสิ้นปี
        4.5: สิ้นปีจะ|ปลายปีจะ|สิ้นปีงบ|ปลายปีงบ|คาดว่า|คาดการณ์|พยากรณ์|ทำนาย|จะถึงเป้าไหม|น่าจะถึง|จะถึงเป้า|จะทันไหม|จะเหลือ|สิ้นปีนี้|ถึงสิ้นปี|forecast|predict|expected by|by the end of the year|by year end|year-end|will reach|will we|แนวโน้มสิ้นปี|มีโอกาสถึง|มีโอกาสไม่ถึง|โอกาสถึงเป้า|รอบหน้า|next round
        2: สิ้นปี|ปลายปี
        """
    ),
    Intent.PROFILE: _table(
        """
        2: เล่าเรื่อง|ข้อมูลของ|เป็นไง|ผลงานของ|บทสรุป|รายงานสรุป|เกิดอะไรขึ้น|tell me about|report card|รู้จัก|ทำได้แค่ไหน|ดูข้อมูล|เปิดข้อมูล|profile|situation
        2: ภาพรวมของ|ภาพรวม|สรุปผล|เป็นอย่างไร|เป็นอย่างไรบ้าง|เป็นยังไง|เป็นไงบ้าง|สรุปให้|สรุป|overview|summary|summarise|summarize|how is|how are|สถานการณ์|ผลการดำเนินงานของ|เล่าให้ฟัง
        """
    ),
}

WAYS: tuple[tuple[str, Way], ...] = (
    *(
        (phrase, Way.HIGH)
        for phrase in [
            "สูงสุด",
            "สูงที่สุด",
            "มากที่สุด",
            "มากสุด",
            "เยอะสุด",
            "เยอะที่สุด",
            "highest",
            "most",
            "สูงๆ",
            "สูงมาก",
            "largest",
            "สูงกว่าที่อื่น",
            "มากกว่าที่อื่น",
        ]
    ),
    *(
        (phrase, Way.LOW)
        for phrase in [
            "ต่ำสุด",
            "ต่ำที่สุด",
            "น้อยที่สุด",
            "น้อยสุด",
            "lowest",
            "fewest",
            "bottom",
            "ต่ำๆ",
            "ต่ำมาก",
            "least",
            "smallest",
            "ต่ำกว่าที่อื่น",
            "น้อยกว่าที่อื่น",
        ]
    ),
    *(
        (phrase, Way.BETTER)
        for phrase in [
            "ดีที่สุด",
            "เร็วที่สุด",
            "best",
            "ดีขึ้น",
            "improved",
            "ก้าวหน้า",
            "อันดับต้น",
            "top",
            "เร็วสุด",
            "ดีสุด",
            "หัวแถว",
            "ที่หนึ่ง",
            "เร็วขึ้น",
            "กระเตื้อง",
            "improving",
            "getting better",
            "อันดับแรก",
            "leading",
        ]
    ),
    *(
        (phrase, Way.WORSE)
        for phrase in [
            "แย่ที่สุด",
            "ช้าที่สุด",
            "แย่ลง",
            "worst",
            "worsened",
            "อ่อนลง",
            "ถดถอย",
            "ทรุดลง",
            "รั้งท้าย",
            "ท้ายสุด",
            "อันดับท้าย",
            "ตกลง",
            "หนักที่สุด",
            "หนักสุด",
            "แย่สุด",
            "ช้าสุด",
            "บ๊วย",
            "รองบ๊วย",
            "ท้ายแถว",
            "ช้าลง",
            "ถอยลง",
            "worsening",
            "getting worse",
            "รุนแรงที่สุด",
            "ท้ายๆ",
        ]
    ),
    *(
        (phrase, Way.UP)
        for phrase in [
            "เพิ่มขึ้น",
            "สูงขึ้น",
            "พุ่งขึ้น",
            "มากขึ้น",
            "ขยับขึ้น",
            "increased",
            "increase",
            "rising",
            "risen",
            "going up",
            "หนักขึ้น",
            "แรงขึ้น",
            "เยอะขึ้น",
            "ถี่ขึ้น",
            "มากกว่าปีที่แล้ว",
            "มากกว่าปีก่อน",
            "up from",
            "grew",
        ]
    ),
    *(
        (phrase, Way.DOWN)
        for phrase in [
            "ลดลง",
            "ต่ำลง",
            "น้อยลง",
            "decreased",
            "decrease",
            "falling",
            "fallen",
            "going down",
            "reduced",
            "เบาลง",
            "ดิ่งลง",
            "น้อยกว่าปีที่แล้ว",
            "น้อยกว่าปีก่อน",
            "down from",
            "dropped",
        ]
    ),
    *(
        (phrase, Way.MISSED)
        for phrase in [
            "ไม่ถึงเป้า",
            "ยังไม่ถึงเป้า",
            "ไม่บรรลุ",
            "ยังไม่บรรลุ",
            "ไม่ผ่านเกณฑ์",
            "หลุดเป้า",
            "พลาดเป้า",
            "ไม่เข้าเป้า",
            "ต่ำกว่าเป้า",
            "missed the target",
            "below target",
            "ไม่ได้ตามเป้า",
            "ไม่ถึงเป้าหมาย",
            "ยังไม่ถึงเป้าหมาย",
            "ไม่เป็นไปตามเป้า",
            "ห่างเป้า",
        ]
    ),
)
