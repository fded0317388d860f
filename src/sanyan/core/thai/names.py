"""Names of organisations: one tidy form to show, one key to match by."""

from __future__ import annotations

import re

from sanyan.core.thai.characters import one_line
from sanyan.core.thai.digits import to_arabic

_OFFICE = r"(?:สำนักงาน|สนง\.?)\s?เขตพื้นที่(?:การ)?ศึกษา"
_LONG_FORMS = (
    (re.compile(_OFFICE + r"\s?(?:ประถมศึกษา|ประถม)"), "สพป."),
    (re.compile(_OFFICE + r"\s?(?:มัธยมศึกษา|มัธยม)"), "สพม."),
    (re.compile(_OFFICE), "สพท."),
    (re.compile(r"สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"), "สพฐ."),
)
_SHORT_FORM = re.compile(r"^(สพป|สพม|สพท|สพฐ|สศศ)(?![\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\s?\.?\s?")
_PROVINCE = re.compile(r"^(สพป|สพม|สพท)\s?\.\s?(?:จังหวัด|จ\.)\s?")
_ZONE = re.compile(r"\s?(?:,\s?)?เขต\s?(?:ที่\s?)?0*(\d+)")
_BANGKOK = re.compile(r"กทม\.?|กรุงเทพฯ|กรุงเทพ(?!มหานคร)")
_NOT_IN_KEY = re.compile(r"[\s.\-–—_,()/'\"“”]+")


def normalise_name(text: str) -> str:
    """A name with stray blanks, invisible characters and split vowels put right: "สพป. ชลบุรี  เขต ๑" is
    "สพป.ชลบุรี เขต 1". Long office names stay long."""
    made = to_arabic(one_line(text))
    made = re.sub(r"\s*\.\s*", ".", made)
    made = _SHORT_FORM.sub(r"\1.", made)
    return re.sub(r" {2,}", " ", _ZONE.sub(r" เขต \1", made)).strip()


def name_key(text: str) -> str:
    """What two spellings of one organisation share: long and short office names, dots, blanks, "เขต 1" and
    "เขต๑", "จังหวัด" and กทม. do not matter."""
    made = to_arabic(one_line(text))
    for pattern, short in _LONG_FORMS:
        made = pattern.sub(short, made)
    made = _PROVINCE.sub(r"\1.", normalise_name(made))
    made = _BANGKOK.sub("กรุงเทพมหานคร", made)
    return _NOT_IN_KEY.sub("", made).lower()
