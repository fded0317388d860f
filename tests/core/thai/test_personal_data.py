import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.spans import Span
from sanyan.core.thai.citizen_id import is_citizen_id
from sanyan.core.thai.digits import to_thai
from sanyan.core.thai.personal_data import PersonalData, find_personal_data, mask, together, within


def found(text: str, kind: PersonalData = PersonalData.NAME) -> list[str]:
    return [each.span.of(text) for each in find_personal_data(text) if each.kind is kind]


def with_check_digit(twelve: str) -> str:
    return next(twelve + last for last in "0123456789" if is_citizen_id(twelve + last))


NAMED = [
    ("<นายสมชาย ใจดี> ผู้อำนวยการโรงเรียนบ้านหนองน้ำใส กล่าวต้อนรับ"),
    ("โดย<นายวิชัย ศรีสุข>เป็นประธานในพิธี"),
    ("<นางมาลี ทองคำ> และ<นายประเสริฐ แก้วมณี> ร่วมลงนาม"),
    ("<ด.ช.ปิติ รักไทย> นักเรียนชั้น ป.6 ชนะการแข่งขัน"),
    ("<เด็กหญิงสุภาวดี พรหมมา> ได้รับทุนการศึกษา"),
    ("<น.ส.อรพรรณ เพชรรัตน์> ศึกษานิเทศก์ ลงพื้นที่นิเทศ"),
    ("<ดร.สุเทพ แก้วใส> เลขาธิการ มอบนโยบาย"),
    ("<ว่าที่ ร.ต.หญิง สุดารัตน์ อินทร์แก้ว> ร่วมเป็นวิทยากร"),
    ("<พล.ต.อ.วิทยา ชิดชม> รัฐมนตรีว่าการกระทรวงศึกษาธิการ"),
    ("<ผศ.ดร.วิชัย ศรีสุข> บรรยายพิเศษ"),
    ("<นายกรณ์ ชัยวัฒน์> เข้าร่วมประชุม"),
    ("(<นายธีรพงษ์ สารแสน>) ตำแหน่งผู้อำนวยการ"),
    ("<นายสมชาย>ได้รับมอบหมายให้ดูแลระบบ"),
    ("<นายไพโรจน์ ณ ลำปาง> ประธานกรรมการสถานศึกษา"),
    ("<Mr. John Smith> สอนภาษาอังกฤษ"),
    ("<ครูสมศรี แก้วมณี> เยี่ยมบ้านนักเรียน"),
    ("<นางสาว ปวีณา ชื่นชม> ชนะเลิศ"),
    ("พบว่า<นายเกรียงไกร พึ่งพา>ทำหน้าที่ครูวิชาการ"),
]
NAMELESS = [
    "นายอำเภอเมืองตรวจเยี่ยมโรงเรียน",
    "นายกรัฐมนตรีมอบนโยบายด้านการศึกษา นายกสมาคมผู้ปกครองมอบทุน",
    "นายทะเบียนโรงเรียนจัดทำข้อมูล นางเอกละครเวทีของโรงเรียน",
    "การพัฒนายกระดับคุณภาพการศึกษา พัฒนางานวิชาการ และพัฒนางบประมาณ",
    "ทนายความให้ความรู้ด้านกฎหมาย เจ้านายและลูกน้อง",
    "โรงเรียนในอำเภอนางรอง จังหวัดบุรีรัมย์",
    "เด็กชายและเด็กหญิงเข้าร่วมกิจกรรม เด็กหญิงอายุ 12 ปี",
    "ปี พ.ศ. 2568 วันที่ 3 ส.ค. ร.ร.บ้านนา จ.ตาก",
    "ครูผู้สอนและครูประจำชั้น คุณภาพการศึกษา ผอ.เขตพื้นที่",
    "สอศ. และ สกศ. ได้รายงานผล",
    "ศาสตราจารย์ประจำคณะครุศาสตร์ นายแพทย์สาธารณสุขจังหวัดร่วมประชุม",
]


@pytest.mark.parametrize("marked", NAMED)
def test_names_are_found_behind_their_titles(marked: str) -> None:
    text = marked.replace("<", "").replace(">", "")
    assert found(text) == [part.split(">")[0] for part in marked.split("<")[1:]]


@pytest.mark.parametrize("text", NAMELESS)
def test_offices_and_other_words_are_no_names(text: str) -> None:
    assert find_personal_data(text) == ()


@given(st.text("0123456789", min_size=11, max_size=11).map(lambda rest: "1" + rest))
def test_a_citizen_id_is_found_however_it_is_written(twelve: str) -> None:
    number = with_check_digit(twelve)
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    for written in (number, dashed, dashed.replace("-", " "), to_thai(dashed)):
        assert found(f"เลขที่ {written} ของนักเรียน", PersonalData.CITIZEN_ID) == [written]


def test_thirteen_digits_without_their_check_digit_are_none() -> None:
    assert find_personal_data("เลขที่โครงการ 1234567890123 และ 12345678901211") == ()


@pytest.mark.parametrize(
    "phone",
    [
        "081-234-5678",
        "0812345678",
        "08 1234 5678",
        "08-1234-5678",
        "02-288-5511",
        "0 2288 5511",
        "055-123-456",
        "0-5512-3456",
        "+66 81 234 5678",
        "+66-2-288-5511",
        "๐๘๑-๒๓๔-๕๖๗๘",
        "02-288-5511 ต่อ 12",
        "081.234.5678",
    ],
)
def test_telephone_numbers_are_found(phone: str) -> None:
    assert found(f"โทร. {phone} ในเวลาราชการ", PersonalData.PHONE) == [phone]


@pytest.mark.parametrize(
    "text", ["นักเรียน 31,250 คน งบ 1,081,234,567 บาท", "0.812345678", "0 25 30 45 60 7", "รหัส 1050130001", "ร้อยละ 02.5"]
)
def test_other_numbers_are_not(text: str) -> None:
    assert find_personal_data(text) == ()


def test_mail_line_and_house_number_are_found() -> None:
    text = "ส่งที่ somchai.j@obec.go.th ไลน์ไอดี: kru_somsri หรือ บ้านเลขที่ 12/3 หมู่ 4 ตำบลนา"
    assert [(each.kind.value, each.span.of(text)) for each in find_personal_data(text)] == [
        ("email", "somchai.j@obec.go.th"),
        ("line", "kru_somsri"),
        ("address", "12/3 หมู่ 4"),
    ]


def test_a_person_has_one_mask_whatever_the_title() -> None:
    text = "นายสมชาย ใจดี พบ นางมาลี ทองคำ ต่อมา ดร.สมชาย ใจดี โทร 0812345678 และนายสมชาย กล่าวขอบคุณ"
    masked = mask(text, find_personal_data(text))
    assert masked.text == ("[ชื่อบุคคล 1] พบ [ชื่อบุคคล 2] ต่อมา [ชื่อบุคคล 1] โทร [โทรศัพท์] และ[ชื่อบุคคล 1] กล่าวขอบคุณ")
    assert next(each.of(text) for each, _ in masked.places) == "นายสมชาย ใจดี"
    assert [there.of(masked.text) for _, there in masked.places][1] == "[ชื่อบุคคล 2]"


@given(st.text(st.sampled_from("นายส มชาใจดีข0812345678-@a.ะ\n"), max_size=80))
def test_masking_keeps_everything_else(text: str) -> None:
    every = find_personal_data(text)
    masked = mask(text, every)
    assert all(before.span.end <= after.span.start for before, after in itertools.pairwise(every))
    kept, kept_masked = list(text), list(masked.text)
    for here, there in masked.places:
        kept[here.start : here.end] = [""] * (here.end - here.start)
        kept_masked[there.start : there.end] = [""] * (there.end - there.start)
    assert "".join(kept) == "".join(kept_masked)


def test_nothing_found_changes_nothing() -> None:
    assert mask("ครูทุกคน", ()).text == "ครูทุกคน"
    assert mask("", ()).places == ()


@pytest.mark.parametrize(
    "flood", ["นาย", "นายสม", "น.ส.", "a", "0", "0 ", "+66", "1-", "นาย ก", "ว่าที่ ", "บ้านเลขที่ 1", "line "]
)
def test_time_grows_with_length_whatever_the_text(flood: str) -> None:
    started = time.monotonic()
    find_personal_data((flood * 20_000)[:20_000])
    assert time.monotonic() - started < 5


def test_what_a_cut_leaves_of_a_name_is_known_from_the_whole_text() -> None:
    text = "ขอขอบคุณ ดร. สมศักดิ์ เจริญผล ที่ช่วยเหลือ โทร 081-234-5678"
    whole, part = find_personal_data(text), Span(text.index("สมศักดิ์"), len(text))
    rest = within(whole, part)
    assert [each.span.of(part.of(text)) for each in rest] == ["สมศักดิ์ เจริญผล", "081-234-5678"]
    both = together((*rest, *find_personal_data(part.of(text))))
    assert mask(part.of(text), both).text == "[ชื่อบุคคล 1] ที่ช่วยเหลือ โทร [โทรศัพท์]"


def test_places_move_with_the_masks() -> None:
    text = "ขอขอบคุณ นายสมชาย ใจดี ที่ช่วยเหลือ"
    masked = mask(text, find_personal_data(text))
    assert masked.moved(Span(text.index("ที่"), len(text))).of(masked.text) == "ที่ช่วยเหลือ"
    assert masked.moved(Span(text.index("สมชาย"), len(text))).of(masked.text) == "[ชื่อบุคคล 1] ที่ช่วยเหลือ"
