"""What nobody may see on any page: an error in the console, a breach of the policy, another host, a broken server."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

BREACHES = "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective));"
STATUS = re.compile(r"responded with a status of (\d+)")


class Watched:
    """A page and what was wrong with what it showed. `allow` are answers below 500 that a journey expects."""

    def __init__(self, context: BrowserContext, address: str, allow: tuple[int, ...]) -> None:
        self._context, self._host, self._allow = context, urlsplit(address).netloc, allow
        self.complaints: list[str] = []
        context.add_init_script(BREACHES)
        context.on("console", self._heard)
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        self.page: Page = context.new_page()

    def end(self) -> list[str]:
        """Close the page; all that was wrong."""
        self._context.close()
        return self.complaints

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        status = STATUS.search(message.text)
        if status is None or int(status[1]) not in self._allow:
            self.complaints.append(f"console at {self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.complaints.append(f"another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.status not in self._allow):
            self.complaints.append(f"{response.status} at {response.url}")
