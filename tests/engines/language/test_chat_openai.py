from __future__ import annotations

from typing import Any

import pytest
from tests.engines.language.fake_chat_server import Behaviour, content, serving

from sanyan.core.errors import BadInputError
from sanyan.engines.language.chat_openai import MOST_BYTES, OpenAiChat, Patience
from sanyan.engines.language.chat_registry import chat_model
from sanyan.engines.language.errors import LanguageEngineError

SCHEMA: dict[str, object] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
KEY = "not-a-real-key"


def asked(url: str, patience: Patience | None = None) -> Any:
    model = OpenAiChat(url, "tiny", KEY, patience=patience)
    return model.ask(system="rules", user="texts", schema=SCHEMA, max_tokens=50)


def failure(behaviour: Behaviour, patience: Patience | None = None) -> LanguageEngineError:
    with serving(behaviour) as url, pytest.raises(LanguageEngineError) as caught:
        asked(url, patience)
    assert KEY not in str(caught.value)
    assert len(behaviour.asked) == 1
    return caught.value


def test_a_question_is_asked_once_and_its_tokens_are_told() -> None:
    behaviour = Behaviour(answer=lambda _: '{"a": 1}')
    with serving(behaviour) as url:
        reply = asked(url)
    assert (reply.text, reply.model, reply.tokens_in, reply.tokens_out) == ('{"a": 1}', "fake", 100, 20)
    assert reply.seconds > 0
    (sent,) = behaviour.asked
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert "tools" not in sent
    assert behaviour.seen_headers[0]["Authorization"] == f"Bearer {KEY}"


def test_a_server_that_knows_no_schemas_is_told_in_words_from_then_on() -> None:
    behaviour = Behaviour(answer=lambda _: "{}", knows_schemas=False)
    with serving(behaviour) as url:
        model = OpenAiChat(url, "tiny")
        for _ in range(2):
            model.ask(system="rules", user="texts", schema=SCHEMA, max_tokens=50)
    assert ["response_format" in sent for sent in behaviour.asked] == [True, False, False]
    assert "additionalProperties" in behaviour.asked[1]["messages"][0]["content"]


def test_a_server_that_never_answers_is_not_waited_for() -> None:
    assert failure(Behaviour(is_silent=True), Patience(connect=1, read=0.2, total=0.5)).code == "chat-too-slow"


def test_a_server_that_answers_drop_by_drop_is_not_waited_for() -> None:
    assert failure(Behaviour(drips=True), Patience(connect=1, read=1, total=0.3)).code == "chat-too-slow"


def test_a_huge_reply_is_not_read_to_its_end() -> None:
    assert failure(Behaviour(body=content("ก" * MOST_BYTES))).code == "chat-too-large"


def test_a_redirect_is_not_followed() -> None:
    assert failure(Behaviour(status=302, headers={"Location": "http://127.0.0.1:9/"})).code == "chat-refused"


def test_a_server_error_is_told_without_what_it_said() -> None:
    error = failure(Behaviour(status=500, body=KEY.encode()))
    assert error.code == "chat-refused"
    assert "500" in error.en
    assert error.next_th


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"prose", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}'),
        *(b'{"choices": [{"message": {"tool_calls": []}}]}', b"\xff\xfe", b"[" * 100_000),
    ],
)
def test_a_reply_of_another_shape_is_an_error_with_a_next_step(body: bytes) -> None:
    assert failure(Behaviour(body=body)).code == "chat-shape"


def test_a_server_that_is_not_there_is_told() -> None:
    with serving(Behaviour()) as url:
        gone = url
    with pytest.raises(LanguageEngineError) as caught:
        asked(gone)
    assert caught.value.code == "chat-not-reachable"


def test_there_is_no_model_until_an_address_is_set() -> None:
    assert chat_model() is None
    assert chat_model(model="tiny", key=KEY) is None
    made = chat_model("http://127.0.0.1:9/v1", "tiny", KEY, timeout=3)
    assert made is not None
    assert made.model_id == "openai/tiny"


@pytest.mark.parametrize(("url", "model"), [("http://127.0.0.1/v1", ""), ("ftp://a/v1", "tiny"), ("v1", "tiny")])
def test_a_setting_that_cannot_be_is_told(url: str, model: str) -> None:
    with pytest.raises(BadInputError):
        chat_model(url, model)
