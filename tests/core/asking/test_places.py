import pytest
from tests.core.asking.asked_words import words

from sanyan.core.asking.folding import folded
from sanyan.core.asking.places import Places, places_of
from sanyan.core.asking.zones import BY_CODE, PROVINCE_SHORT, ZONES
from sanyan.core.thai.digits import to_thai

SIX = ("north", "northeast", "central", "east", "west", "south")


def named(question: str) -> Places:
    return places_of(folded(question), words())


def test_every_area_is_known_by_the_ways_its_name_is_written() -> None:
    wrong = []
    for place in words().places:
        if place.kind != "area":
            continue
        short = place.short_th
        ways = (short, f"คะแนน NT ของ{short}ปี 2567", to_thai(short).replace(".", ""), short.replace(" ", ""))
        for way in (*ways, place.name_en):
            told = named(way)
            if (told.organisations, told.provinces, told.zones) != ([place.code], [], []):
                wrong.append(way)
    assert wrong == []


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("สพป.ชม.1", ["5001"]),
        ("ชม.เขต ๓", ["5003"]),
        ("เชียงใหม่ 1", ["5001"]),
        ("เชียงใหม่ เขต 2 ปีที่แล้ว", ["5002"]),
        ("ขอนแก่น เขต 1 กับ เขต 2", ["4001", "4002"]),
        ("สพม กทม เขต 2", ["S02"]),
        ("Khon Kaen PESAO 3", ["4003"]),
        ("สพป.ภูเก็ต", ["8301"]),
        ("สพป ขอนแกน เขต1", ["4001"]),
    ],
)
def test_areas_are_known_by_how_people_shorten_and_misspell_them(question: str, codes: list[str]) -> None:
    assert named(question).organisations == codes


def test_a_province_alone_is_the_province_and_a_type_narrows_it() -> None:
    told = named("สพป.เชียงใหม่")
    assert (told.provinces, told.area_type, told.organisations) == (["เชียงใหม่"], "primary", [])


def test_an_everyday_word_is_no_province() -> None:
    for question in ("ดีขึ้นเลยไหม", "เผยแพร่ผลงาน", "ต้องการครู", "ใช้เวลานานไหม"):
        assert named(question).count == 0, question


def test_a_number_that_no_office_has_is_told_with_those_there_are() -> None:
    told = named("สพป.เชียงใหม่ เขต 9")
    assert told.organisations == []
    assert "สพป.เชียงใหม่ เขต 6" in told.problems[0].th


def test_inspection_regions_and_parts_of_the_country_are_known() -> None:
    assert named("เขตตรวจราชการที่ ๑๒").regions == ["R12"]
    assert named("เขตตรวจ 7 กับ เขตตรวจ 8").regions == ["R07", "R08"]
    assert named("ภาคตะวันออกเฉียงเหนือ").zones == ["northeast"]
    assert named("schools in the south").zones == ["south"]
    assert named("เขตตรวจราชการที่ 77").problems


def test_the_six_regions_hold_every_province_once() -> None:
    held = [name for code in SIX for name in BY_CODE[code].provinces]
    assert sorted(held) == sorted(province.name_th for province in words().provinces)


def test_every_province_of_a_zone_and_of_a_short_form_is_a_province() -> None:
    known = {province.name_th for province in words().provinces}
    assert all(zone.provinces <= known for zone in ZONES)
    assert set(PROVINCE_SHORT) <= known


def test_our_own_area_is_told_apart_from_any_other() -> None:
    assert named("ภาพรวมของเขตเรา").own
    assert not named("ภาพรวมของเขต").own
