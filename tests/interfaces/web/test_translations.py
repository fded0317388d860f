from __future__ import annotations

import gettext
import io
import re

import pytest

from sanyan.interfaces.web.translations import (
    LOCALE,
    WEB,
    Message,
    compile_all,
    compiled,
    read_catalogue,
    used_messages,
)

ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"


def english() -> dict[str, Message]:
    return {message.text: message for message in read_catalogue(ENGLISH.read_text(encoding="utf-8"))}


def test_every_message_that_pages_use_has_an_english_translation() -> None:
    held = english()
    said = {text for text, message in held.items() if all(message.translations)}
    lacking = sorted(f"{place}: {text}" for text, place in used_messages().items() if text not in said)
    assert lacking == []


def test_the_catalogue_holds_nothing_that_no_page_uses() -> None:
    assert sorted(set(english()) - set(used_messages()) - {""}) == []


def test_translations_keep_the_placeholders_of_their_source() -> None:
    for message in english().values():
        for said in message.translations:
            assert sorted(re.findall(r"%\(\w+\)s", said)) == sorted(re.findall(r"%\(\w+\)s", message.text)), message


def test_english_translations_hold_no_thai_but_the_name_of_the_language() -> None:
    thai = [m.text for m in english().values() if any(re.search("[ก-๙]", said) for said in m.translations)]
    assert set(thai) <= {"ไทย"}


def test_a_compiled_catalogue_is_read_by_gettext() -> None:
    messages = read_catalogue(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "เขต"\nmsgstr "area"\n\nmsgid "ยัง"\nmsgstr ""\n\n'
        'msgid "%d เรื่อง"\nmsgid_plural "%d เรื่อง"\nmsgstr[0] "%d thing"\nmsgstr[1] "%d things"\n'
    )
    held = gettext.GNUTranslations(io.BytesIO(compiled(messages)))
    assert held.gettext("เขต") == "area"
    assert held.gettext("ยัง") == "ยัง"
    assert held.ngettext("%d เรื่อง", "%d เรื่อง", 2) == "%d things"


def test_a_line_that_is_no_part_of_a_catalogue_is_named() -> None:
    with pytest.raises(ValueError, match="not a line"):
        read_catalogue('msgid "a"\nmsgstr "b"\nnonsense')


def test_compiling_again_writes_nothing() -> None:
    compile_all()
    assert compile_all() == []


def test_templates_are_short_and_hold_no_style_or_script_of_their_own() -> None:
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 150, path
        assert not re.search(r"\sstyle=|<style|javascript:|\son[a-z]+=\"", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path
        assert not re.search(r"https?://(?!www\.w3\.org)", text), path
