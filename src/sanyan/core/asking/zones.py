"""Parts of Thailand as people name them, by province: the six geographic regions of the National Research Council, and
groups in common use. Inspection regions are not here: they come with the registry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Zone:
    """A part of the country: its names in questions and its provinces by Thai name."""

    code: str
    th: str
    en: str
    names: tuple[str, ...]
    provinces: frozenset[str]


def _zone(code: str, th: str, en: str, names: str, provinces: str) -> Zone:
    return Zone(code, th, en, (th, *names.split("|")), frozenset(provinces.split()))


ZONES = (
    _zone(
        "north",
        "ภาคเหนือ",
        "the North",
        "ทางเหนือ|เขตภาคเหนือ|northern|the north|in north",
        "เชียงใหม่ เชียงราย แม่ฮ่องสอน ลำปาง ลำพูน พะเยา แพร่ น่าน อุตรดิตถ์",
    ),
    _zone(
        "northeast",
        "ภาคตะวันออกเฉียงเหนือ",
        "the Northeast",
        "ภาคอีสาน|อีสาน|แดนอีสาน|northeast|northeastern|north-east|isan|isaan",
        "กาฬสินธุ์ ขอนแก่น ชัยภูมิ นครพนม นครราชสีมา บึงกาฬ บุรีรัมย์ มหาสารคาม มุกดาหาร ยโสธร ร้อยเอ็ด เลย ศรีสะเกษ "
        "สกลนคร สุรินทร์ หนองคาย หนองบัวลำภู อำนาจเจริญ อุดรธานี อุบลราชธานี",
    ),
    _zone(
        "central",
        "ภาคกลาง",
        "the Central Region",
        "central region|central thailand",
        "กรุงเทพมหานคร กำแพงเพชร ชัยนาท นครนายก นครปฐม นครสวรรค์ นนทบุรี ปทุมธานี พระนครศรีอยุธยา พิจิตร พิษณุโลก เพชรบูรณ์ "
        "ลพบุรี สมุทรปราการ สมุทรสงคราม สมุทรสาคร สระบุรี สิงห์บุรี สุโขทัย สุพรรณบุรี อ่างทอง อุทัยธานี",
    ),
    _zone(
        "east",
        "ภาคตะวันออก",
        "the East",
        "ทางตะวันออก|eastern region|the east|eastern thailand",
        "จันทบุรี ฉะเชิงเทรา ชลบุรี ตราด ปราจีนบุรี ระยอง สระแก้ว",
    ),
    _zone(
        "west",
        "ภาคตะวันตก",
        "the West",
        "ทางตะวันตก|western region|the west|western thailand",
        "กาญจนบุรี ตาก ประจวบคีรีขันธ์ เพชรบุรี ราชบุรี",
    ),
    _zone(
        "south",
        "ภาคใต้",
        "the South",
        "ทางใต้|ปักษ์ใต้|ภาคไต้|southern|the south|in south",
        "กระบี่ ชุมพร ตรัง นครศรีธรรมราช นราธิวาส ปัตตานี พังงา พัทลุง ภูเก็ต ยะลา ระนอง สงขลา สตูล สุราษฎร์ธานี",
    ),
    _zone(
        "border_south",
        "จังหวัดชายแดนภาคใต้",
        "the southern border provinces",
        "สามจังหวัดชายแดนใต้|สามจังหวัดชายแดนภาคใต้|3 จังหวัดชายแดนใต้|3 จังหวัดชายแดนภาคใต้|ชายแดนใต้|ชายแดนภาคใต้|deep south",
        "ปัตตานี ยะลา นราธิวาส",
    ),
    _zone(
        "around_bangkok",
        "ปริมณฑล",
        "the provinces around Bangkok",
        "จังหวัดรอบกรุงเทพ|รอบกรุงเทพ",
        "นครปฐม นนทบุรี ปทุมธานี สมุทรปราการ สมุทรสาคร",
    ),
    _zone(
        "eec",
        "เขตพัฒนาพิเศษภาคตะวันออก (EEC)",
        "the Eastern Economic Corridor",
        "EEC|อีอีซี|ระเบียงเศรษฐกิจ",
        "ฉะเชิงเทรา ชลบุรี ระยอง",
    ),
)
BY_CODE = {zone.code: zone for zone in ZONES}

# Provinces as people shorten them, beside their full names.
PROVINCE_SHORT = {
    "กรุงเทพมหานคร": ("กทม", "กทม.", "กรุงเทพ", "กรุงเทพฯ", "bangkok", "bkk"),
    "เชียงใหม่": ("ชม.", "ชม"),
    "เชียงราย": ("ชร.",),
    "ขอนแก่น": ("ขก.",),
    "นครราชสีมา": ("โคราช", "นม.", "korat"),
    "นครศรีธรรมราช": ("นครศรี", "นศ.", "เมืองคอน"),
    "พระนครศรีอยุธยา": ("อยุธยา", "อย.", "ayutthaya"),
    "อุบลราชธานี": ("อุบล", "อุบลฯ", "อบ.", "ubon"),
    "อุดรธานี": ("อุดร", "อุดรฯ", "อด."),
    "สุราษฎร์ธานี": ("สุราษฎร์", "สุราษ", "สฎ."),
    "ประจวบคีรีขันธ์": ("ประจวบ", "ประจวบฯ", "ปข."),
    "แม่ฮ่องสอน": ("มส.",),
    "ลำปาง": ("ลป.",),
    "ลำพูน": ("ลพ.",),
    "พิษณุโลก": ("พล.",),
    "นครสวรรค์": ("นว.",),
    "กาญจนบุรี": ("กาญจน์", "กาญ", "กจ."),
    "ฉะเชิงเทรา": ("แปดริ้ว", "ฉช."),
    "สมุทรปราการ": ("ปากน้ำ", "สป."),
    "สุพรรณบุรี": ("สุพรรณ", "สพ."),
    "กาฬสินธุ์": ("กส.",),
    "มหาสารคาม": ("สารคาม", "มค."),
    "ร้อยเอ็ด": ("รอ.",),
    "สกลนคร": ("สกล", "สน."),
    "บุรีรัมย์": ("บร.",),
    "ศรีสะเกษ": ("ศรีสะเกด", "ศก."),
    "หนองบัวลำภู": ("หนองบัว", "นภ."),
    "สงขลา": ("สข.",),
    "ปัตตานี": ("ปน.",),
    "นราธิวาส": ("นราฯ", "นธ."),
    "ภูเก็ต": ("ภก.",),
    "ปราจีนบุรี": ("ปราจีน",),
    "ชลบุรี": ("ชบ.",),
    "เพชรบูรณ์": ("พช.",),
    "กำแพงเพชร": ("กำแพง", "กพ."),
}
