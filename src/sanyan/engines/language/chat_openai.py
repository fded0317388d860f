"""A chat model behind a server that speaks the OpenAI protocol. Texts leave this machine: whoever calls masks first."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from sanyan.core.thai.characters import one_line, writable
from sanyan.engines.language.base import ChatReply
from sanyan.engines.language.errors import LanguageEngineError

MOST_BYTES = 1_000_000  # of a reply
_NOT_SUPPORTED = (400, 422)  # how servers without `response_format` answer to it


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for a connection, for the next part of a reply, and in all."""

    connect: float = 5.0
    read: float = 60.0
    total: float = 120.0


class OpenAiChat:
    """A model behind `POST {url}/chat/completions`, such as `http://10.0.0.5:8000/v1`. Asks once; follows nowhere."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str = "",
        *,
        patience: Patience | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._model = model
        self._takes_schemas = True
        self._client = httpx.Client(
            base_url=url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(self._patience.read, connect=self._patience.connect),
            transport=transport,
            trust_env=False,
            follow_redirects=False,
        )

    @property
    def model_id(self) -> str:
        """The model's name; the server does not tell its weights."""
        return f"openai/{self._model}"

    def ask(self, *, system: str, user: str, schema: Mapping[str, object], max_tokens: int) -> ChatReply:
        """One question, one reply; raise LanguageEngineError (not reachable, too slow, refused, too large, no reply).

        The schema is sent as `response_format`; a server that does not know it is asked again without, once, with the
        schema among the instructions. What comes back is text: whether it keeps to the schema is for the caller.
        """
        started = time.monotonic()
        status, body = self._post(self._asked(system, user, schema, max_tokens), started)
        if status in _NOT_SUPPORTED and self._takes_schemas:
            self._takes_schemas = False
            status, body = self._post(self._asked(system, user, schema, max_tokens), started)
        if status != httpx.codes.OK:
            raise _error("chat-refused", "ผู้ให้บริการโมเดลภาษาไม่รับคำถาม", f"It answered with status {status}.")
        return _reply(body, self._model, time.monotonic() - started)

    def _asked(self, system: str, user: str, schema: Mapping[str, object], max_tokens: int) -> dict[str, object]:
        asked: dict[str, object] = {"model": self._model, "max_tokens": max_tokens, "temperature": 0, "seed": 1}
        if self._takes_schemas:
            held = {"name": "answer", "strict": True, "schema": schema}
            asked["response_format"] = {"type": "json_schema", "json_schema": held}
        else:
            system = f"{system}\nSchema of the answer:\n{json.dumps(schema, ensure_ascii=False)}"
        asked["messages"] = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return asked

    def _post(self, asked: Mapping[str, object], started: float) -> tuple[int, bytes]:
        body = bytearray()
        try:
            with self._client.stream("POST", "chat/completions", json=asked) as reply:
                for part in reply.iter_bytes():
                    body += part
                    if len(body) > MOST_BYTES:
                        raise _error("chat-too-large", "คำตอบของโมเดลภาษาใหญ่เกินกำหนด", "Its answer is too large.")
                    if time.monotonic() - started > self._patience.total:
                        raise _too_slow()
                return reply.status_code, bytes(body)
        except httpx.TimeoutException as error:
            raise _too_slow() from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _error("chat-not-reachable", "ติดต่อโมเดลภาษาไม่ได้", f"{type(error).__name__}.") from error


def _reply(body: bytes, model: str, seconds: float) -> ChatReply:
    try:
        held: Any = json.loads(body)
        text = held["choices"][0]["message"]["content"]
        usage = held.get("usage") or {}
        if not isinstance(text, str):
            raise TypeError("no text")
        named = held.get("model")
        name = one_line(writable(named))[:200] if isinstance(named, str) else model
        return ChatReply(text, name, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"), seconds)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise _error("chat-shape", "คำตอบของโมเดลภาษาไม่อยู่ในรูปที่ตกลง", "Its answer has another shape.") from error


def _count(usage: Mapping[str, object], name: str) -> int | None:
    value = usage.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _too_slow() -> LanguageEngineError:
    return _error("chat-too-slow", "โมเดลภาษาตอบไม่ทันเวลา", "It did not answer in time.")


def _error(code: str, th: str, en: str) -> LanguageEngineError:
    return LanguageEngineError(
        code,
        f"{th} ระบบใช้ข้อความที่ร่างด้วยกฎต่อไป",
        f"The language model gave no usable answer. {en} What is drafted by rules stands.",
        next_th="ลองใหม่ภายหลัง หากยังเป็นอยู่ ตรวจที่อยู่ ชื่อโมเดล และกุญแจในการตั้งค่า",
        next_en="Try again later; if it stays, check the address, the model and the key in the settings.",
    )
