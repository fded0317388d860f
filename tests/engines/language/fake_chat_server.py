"""A real HTTP server on this machine that answers as badly as a language model can."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str]


@dataclass
class Behaviour:
    """What the server does: `answer` makes the content of its message from the question; the rest overrides it."""

    answer: Answer = lambda asked: "{}"
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    is_silent: bool = False
    drips: bool = False
    knows_schemas: bool = True
    asked: list[dict[str, Any]] = field(default_factory=list)
    seen_headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """The address, as far as /v1, of a server that behaves so."""
    stop = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(behaviour, stop))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def content(text: object) -> bytes:
    """A reply of the protocol with this text as its message."""
    return json.dumps(
        {
            "model": "fake",
            "choices": [{"message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20},
        }
    ).encode()


def _handler(behaviour: Behaviour, stop: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            behaviour.asked.append(asked)
            behaviour.seen_headers.append(dict(self.headers.items()))
            if behaviour.is_silent:
                stop.wait(5)
                return
            status = behaviour.status if behaviour.knows_schemas or "response_format" not in asked else 400
            body = content(behaviour.answer(asked)) if behaviour.body is None else behaviour.body
            self.send_response(status)
            for name, value in behaviour.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self._write(body)
            except OSError:
                return

        def _write(self, body: bytes) -> None:
            if not behaviour.drips:
                self.wfile.write(body)
                return
            for place in range(len(body)):
                if stop.wait(0.05):
                    return
                self.wfile.write(body[place : place + 1])
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
