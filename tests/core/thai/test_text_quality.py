import pytest

from sanyan.core.thai.text_quality import Verdict, text_quality

SOUND = "สำนักงานเขตพื้นที่การศึกษารายงานผลการดำเนินงานประจำปี 2568 ครูและนักเรียนร่วมกันทำแปลงผักที่โรงเรียน"


def test_sound_thai_is_good_without_a_reason() -> None:
    quality = text_quality(SOUND)
    assert quality.verdict is Verdict.GOOD
    assert quality.reasons == ()
    assert quality.known_share > 0.9
    assert quality.thai_share == 1


def test_sound_english_is_good() -> None:
    quality = text_quality("The area office reports its results in the ninth month.")
    assert quality.verdict is Verdict.GOOD
    assert quality.thai_share == 0


@pytest.mark.parametrize(
    "broken",
    [
        SOUND.replace("ำ", " า"),
        SOUND.replace("่", "\uf70a"),
        SOUND.replace("ร", "ร\x00", 3),
        SOUND.replace("ี", "ีี"),
        SOUND.replace("แ", "เเ"),
    ],
)
def test_damage_that_repair_mends_is_repairable_with_a_reason(broken: str) -> None:
    quality = text_quality(broken)
    assert quality.verdict is Verdict.REPAIRABLE
    assert all(reason.th and reason.en for reason in quality.reasons)
    assert quality.reasons
    assert quality.known_share_repaired > 0.9


@pytest.mark.parametrize(
    "lost",
    [
        SOUND.encode("cp874").decode("latin-1"),
        "\ufffd".join(SOUND),
        "ฟสกดหฟกด่าสวฟหกดา่สฟหกดเ้่าสฟหกดเส่า ฟหกดฟเ้า่สวฟหกด ฟหกดเ้่าสว",
    ],
)
def test_what_repair_cannot_mend_is_to_be_read_from_the_picture(lost: str) -> None:
    quality = text_quality(lost)
    assert quality.verdict is Verdict.NEEDS_OCR
    assert quality.reasons


@pytest.mark.parametrize("nothing", ["", "  \n\f ", "12 / 5 -"])
def test_a_text_without_letters_is_no_text(nothing: str) -> None:
    assert text_quality(nothing).verdict is Verdict.NO_TEXT


def test_how_few_letters_are_no_text_can_be_said() -> None:
    assert text_quality("หน้า 1", least_letters=20).verdict is Verdict.NO_TEXT
