"""A digest in words: Thai and English, the reader's own language first, as plain text and as simple HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString

from sanyan.apps.accounts.queries import Person
from sanyan.apps.notifications.models import Cadence, Digest, Notification, Severity, Subscription
from sanyan.apps.notifications.topics import TOPICS
from sanyan.core.thai.dates import format_date

SETTINGS_PATH = "/notifications/settings/"
LONGEST_SUBJECT = 160
URGENT_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
URGENCY = {
    Severity.HIGH: {"th": "เร่งดู", "en": "Look now"},
    Severity.MEDIUM: {"th": "ควรดู", "en": "Look soon"},
    Severity.LOW: {"th": "ดูเมื่อสะดวก", "en": "When convenient"},
}
CADENCES = {
    Cadence.DAILY: {"th": "สรุปทางอีเมลทุกวัน", "en": "a daily digest"},
    Cadence.WEEKLY: {"th": "สรุปทางอีเมลทุกวันจันทร์", "en": "a digest each Monday"},
    Cadence.AT_ONCE: {"th": "อีเมลทันทีที่มีเรื่อง", "en": "e-mail at once"},
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def message_of(
    digest: Digest, person: Person, told: Iterable[Notification], *, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The message of a digest. Made again it has the same Message-ID, so that mail servers can drop a second copy."""
    items = sorted(told, key=lambda item: (URGENT_FIRST.index(Severity(item.severity)), item.created_at, item.pk))
    languages = ("en", "th") if person.language == "en" else ("th", "en")
    why = _why(person, items)
    message = EmailMultiAlternatives(
        subject=_subject(items, languages[0]),
        body=_as_text(person, items, languages, why),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email],
        connection=connection,
        headers={
            "Message-ID": message_id(digest),
            "Auto-Submitted": "auto-generated",
            "Content-Language": ", ".join(languages),
        },
    )
    message.attach_alternative(_as_html(person, items, languages, why), "text/html")
    return message


def message_id(digest: Digest) -> str:
    """Told apart from the digests of another installation that sends from the same domain by the moment it was made."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<sanyan-digest-{digest.pk}-{digest.created_at.timestamp():.0f}@{domain}>"


def address_of(path: str) -> str:
    """A path of this site as an address; the path alone where SANYAN_PUBLIC_URL is not set."""
    return f"{settings.PUBLIC_URL}{path}"


def _subject(items: Sequence[Notification], language: str) -> str:
    name = "Sanyan" if language == "en" else "สัญญาณ"
    if len(items) == 1:
        text = f"{name}: {_title(items[0], language)}"
    else:
        urgent = sum(item.severity == Severity.HIGH for item in items)
        if language == "en":
            text = f"{name}: {len(items)} notifications" + (f", {urgent} to look at now" if urgent else "")
        else:
            text = f"{name}: แจ้งเตือน {len(items)} เรื่อง" + (f" เร่งดู {urgent} เรื่อง" if urgent else "")
    tidy = " ".join(_CONTROLS.sub(" ", text).split())
    return tidy if len(tidy) <= LONGEST_SUBJECT else tidy[: LONGEST_SUBJECT - 1] + "…"


def _counted(items: Sequence[Notification], language: str) -> str:
    if language == "en":
        return "1 notification" if len(items) == 1 else f"{len(items)} notifications"
    return f"มีเรื่องแจ้งเตือน {len(items)} เรื่อง"


def _as_text(person: Person, items: Sequence[Notification], languages: tuple[str, str], why: dict[str, str]) -> str:
    parts = [person.name, "\n".join(_counted(items, language) for language in languages)]
    for number, item in enumerate(items, start=1):
        lines = []
        for language in languages:
            urgency = URGENCY[Severity(item.severity)][language]
            lines.append(f"[{urgency}] {_title(item, language)} ({_day(item.created_at, language)})")
            lines += _body(item, language).splitlines()
        lines.append(address_of(item.link))
        parts.append(f"{number}. " + "\n   ".join(lines))
    parts.append("\n".join(["-- ", *(why[language] for language in languages), address_of(SETTINGS_PATH)]))
    return "\n\n".join(parts) + "\n"


def _as_html(
    person: Person, items: Sequence[Notification], languages: tuple[str, str], why: dict[str, str]
) -> SafeString:
    said = format_html_join("", '<p lang="{}"><strong>{}</strong></p>', ((i, _counted(items, i)) for i in languages))
    listed = format_html_join("", "<li>{}{}</li>", ((_in_html(item, languages), _link(item.link)) for item in items))
    ending = format_html_join("", '<p lang="{}"><small>{}</small></p>', ((i, why[i]) for i in languages))
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
        "<body><p>{}</p>{}<ol>{}</ol><hr>{}{}</body></html>",
        languages[0],
        _subject(items, languages[0]),
        person.name,
        said,
        listed,
        ending,
        _link(SETTINGS_PATH),
    )


def _in_html(item: Notification, languages: tuple[str, str]) -> SafeString:
    return format_html_join(
        "",
        '<div lang="{}"><p><strong>{}</strong><br><small>{} · {}</small></p>{}</div>',
        (
            (
                language,
                _title(item, language),
                URGENCY[Severity(item.severity)][language],
                _day(item.created_at, language),
                SafeString(linebreaks(_body(item, language), autoescape=True)),
            )
            for language in languages
        ),
    )


def _link(path: str) -> SafeString:
    """A link where the site's address is known; else the path, to be put behind it."""
    if not settings.PUBLIC_URL:
        return format_html("<p>{}</p>", path)
    return format_html('<p><a href="{0}">{0}</a></p>', address_of(path))


def _why(person: Person, items: Sequence[Notification]) -> dict[str, str]:
    """Why this person gets this: what they chose, and where to choose otherwise."""
    topics = {item.topic for item in items}
    wishes = [
        wish
        for wish in Subscription.objects.filter(user_id=person.user_id, topic__in=topics).order_by("topic")
        if wish.email in CADENCES and wish.topic in TOPICS
    ]
    thai = ", ".join(f"{TOPICS[wish.topic].name_th} ({CADENCES[Cadence(wish.email)]['th']})" for wish in wishes)
    english = ", ".join(f"{TOPICS[wish.topic].name_en} ({CADENCES[Cadence(wish.email)]['en']})" for wish in wishes)
    return {
        "th": f"ท่านได้รับอีเมลนี้เพราะเลือกรับ: {thai or 'การแจ้งเตือนทางอีเมล'} เปลี่ยนหรือเลิกรับได้ที่หน้าตั้งค่าการแจ้งเตือน",
        "en": f"You chose to get: {english or 'notifications by e-mail'}. Change or end it in the settings.",
    }


def _title(item: Notification, language: str) -> str:
    return item.title_en if language == "en" else item.title_th


def _body(item: Notification, language: str) -> str:
    return item.body_en if language == "en" else item.body_th


def _day(moment: datetime, language: str) -> str:
    day = timezone.localdate(moment)
    return f"{day.day} {day:%b %Y}" if language == "en" else format_date(day, "short")
