from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pytest_django.fixtures import Settings
from tests.engines.language.fake_chat_server import Behaviour, serving

from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.language import EXIT_WITHOUT_USE, language

GOOD = json.dumps({"readings": [{"passage": "p1", "themes": ["t1"], "quote": "โรงเรียนขนาดเล็ก 12 แห่งครูไม่ครบชั้น"}]})
BAD = GOOD.replace("12", "13")


def check(settings: Settings, chat: dict[str, Any] | None, *options: str) -> Result:
    settings.CHAT = chat
    return CliRunner().invoke(language, ["check", *options])


def test_without_a_model_it_says_that_rules_do_the_work(settings: Settings) -> None:
    for chat in (None, {}, {"url": "", "model": "", "key": "", "timeout": None}):
        done = check(settings, chat)
        assert done.exit_code == 0
        assert "ไม่ได้ตั้งโมเดลภาษา" in done.output
    assert json.loads(check(settings, None, "--json").output) == {"configured": False}


def test_a_model_that_answers_well_is_told_with_tokens_and_cost(settings: Settings) -> None:
    with serving(Behaviour(answer=lambda _: GOOD)) as url:
        chat = {"url": url, "model": "tiny", "key": "", "timeout": 5, "price_in": "0.1", "price_out": "0.4"}
        done = check(settings, chat)
        told = json.loads(check(settings, chat, "--json").output)
    assert done.exit_code == 0
    assert "100 + 20" in done.output
    assert "0.018" in done.output
    assert (told["configured"], told["outcome"], told["reasons"]) == (True, "accepted", [])


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [(Behaviour(answer=lambda _: BAD), "quote-not-found"), (Behaviour(status=500), "chat-refused")],
)
def test_an_answer_that_cannot_be_used_is_told_with_its_reason(
    settings: Settings, behaviour: Behaviour, code: str
) -> None:
    with serving(behaviour) as url:
        done = check(settings, {"url": url, "model": "tiny", "key": "not-a-real-key"})
    assert done.exit_code == EXIT_WITHOUT_USE
    assert code in done.output
    assert "not-a-real-key" not in done.output


@pytest.mark.parametrize(
    "chat", [{"url": "http://a/v1"}, {"url": "x", "model": "m"}, {"timeout": "soon"}, {"timeout": -1}]
)
def test_a_setting_that_cannot_be_is_told(settings: Settings, chat: dict[str, Any]) -> None:
    assert isinstance(check(settings, chat).exception, BadInputError)
