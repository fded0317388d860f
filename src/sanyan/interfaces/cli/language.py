"""`sanyan language`: whether a language model is set, and whether it answers as it must."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

import click
from django.conf import settings

from sanyan.core.errors import BadInputError
from sanyan.core.text.guarding.outcomes import Accepted, Rejected
from sanyan.core.text.guarding.prompts import Piece
from sanyan.core.text.guarding.reading import PassageReading, ReadingRequest, ThemeChoice, judge_of
from sanyan.core.text.guarding.records import Price
from sanyan.engines.language.asking import Asked, ask
from sanyan.engines.language.chat_registry import chat_model
from sanyan.interfaces.cli.evaluate_files import json_option, tell_json

EXIT_WITHOUT_USE = 7  # it answered, but not so that anything could be used
_QUESTION = ReadingRequest(
    (Piece("p1", "โรงเรียนขนาดเล็ก 12 แห่งครูไม่ครบชั้น ต้องสอนรวมชั้น"),),
    (ThemeChoice("t1", "ครูไม่ครบชั้น"), ThemeChoice("t2", "อินเทอร์เน็ตไม่เสถียร")),
)


@click.group()
def language() -> None:
    """โมเดลภาษา (ไม่บังคับ) / The language model, which may be left out."""


@language.command()
@json_option
def check(as_json: bool) -> None:
    """ถามคำถามสั้น ๆ หนึ่งข้อแล้วตรวจคำตอบ / Ask one tiny question, and judge the answer.

    Tells tokens, seconds and cost. The question holds a made-up sentence, no data of yours.
    """
    held = _settings()
    model = chat_model(
        str(held.get("url") or ""),
        str(held.get("model") or ""),
        str(held.get("key") or ""),
        timeout=float(_number(held, "timeout", "120")),
    )
    if model is None:
        _tell_none(as_json)
        return
    prompt = _QUESTION.prompt(marker=secrets.token_hex(16), masker=lambda text: text)
    price = Price(_number(held, "price_in", "0"), _number(held, "price_out", "0"))
    asked = ask(model, prompt, judge_of(_QUESTION, prompt), now=datetime.now(UTC), price=price, max_tokens=300)
    if as_json:
        reasons = [{"code": code} for code in asked.record.reasons]
        tell_json({"configured": True, **asked.record.as_dict(), "reasons": reasons})
    else:
        _tell(asked)
    if not isinstance(asked.outcome, Accepted):
        raise SystemExit(EXIT_WITHOUT_USE)


def _tell_none(as_json: bool) -> None:
    if as_json:
        tell_json({"configured": False})
        return
    click.echo("ไม่ได้ตั้งโมเดลภาษา ระบบใช้กฎและคำอ้างเท่านั้น ใช้งานได้ครบ")
    click.echo(
        "No language model is set; rules and quotes do all the work. To set one: SANYAN_CHAT_URL, SANYAN_CHAT_MODEL."
    )


def _tell(asked: Asked[tuple[PassageReading, ...]]) -> None:
    record = asked.record
    click.echo(f"โมเดล (model): {record.model}")
    click.echo(f"โทเคน (tokens in + out): {_known(record.tokens_in)} + {_known(record.tokens_out)}")
    click.echo(f"วินาที (seconds): {record.seconds:.2f}   ค่าใช้จ่าย (cost): {_known(record.cost)}")
    if isinstance(asked.outcome, Accepted):
        click.echo("ตอบตามรูปแบบและอ้างตรงต้นฉบับ / The answer keeps to its form, and its quote is exact.")
        return
    reasons = asked.outcome.reasons if isinstance(asked.outcome, Rejected) else (asked.outcome.reason,)
    click.echo("คำตอบใช้ไม่ได้ ระบบจะไม่แสดง / The answer cannot be used and would not be shown:")
    for reason in reasons:
        click.echo(f"  {reason.words.th}\n  {reason.words.en} [{reason.code}]")


def _known(value: object) -> str:
    return "–" if value is None else str(value)


def _settings() -> Mapping[str, object]:
    held = getattr(settings, "CHAT", None)
    return held if isinstance(held, Mapping) else {}


def _number(held: Mapping[str, object], name: str, otherwise: str) -> Decimal:
    given = held.get(name)
    try:
        value = Decimal(str(otherwise if given in (None, "") else given))
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        setting = f"SANYAN_CHAT_{name.upper()}"
        raise BadInputError(
            "chat-setting",
            f"ค่าตั้ง {setting} ต้องเป็นตัวเลขตั้งแต่ 0 ขึ้นไป",
            f"The setting {setting} must be a number from 0.",
            next_th="แก้ค่าตั้งนี้ หรือเว้นว่าง",
            next_en="Mend this setting, or leave it out.",
            place=setting,
        )
    return value
