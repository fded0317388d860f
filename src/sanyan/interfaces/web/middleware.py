"""The reader's language and digits: their own choice, and Thai where none was made."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from sanyan.interfaces.web import formats

DIGITS_COOKIE = "sanyan_digits"
LANGUAGES = ("th", "en")


def chosen_language(request: HttpRequest) -> str:
    """Cookie, then profile, then Thai: a browser set to English does not turn a Thai office's pages English."""
    profile = getattr(getattr(request, "user", None), "language", "")
    for choice in (request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), profile):
        if choice in LANGUAGES:
            return str(choice)
    return "th"


def thai_digits_wanted(request: HttpRequest) -> bool:
    cookie = request.COOKIES.get(DIGITS_COOKIE, "")
    if cookie in ("thai", "arabic"):
        return cookie == "thai"
    return bool(getattr(getattr(request, "user", None), "thai_digits", False))


class ReaderMiddleware:
    """Stands after authentication, in the place of Django's LocaleMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        formats.choose_digits(thai=thai_digits_wanted(request))
        try:
            response = self.get_response(request)
        finally:
            translation.deactivate()
            formats.choose_digits(thai=False)
        response.headers.setdefault("Content-Language", language)
        if getattr(getattr(request, "user", None), "is_authenticated", False):
            # On a shared machine "back" shows nothing of who has signed out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
