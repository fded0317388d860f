"""What templates may call: numbers and dates by one module, and the parts in templates/components/."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, FileInput, RadioSelect, Select, Textarea
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from sanyan.core.indicators.definitions import Indicator
from sanyan.core.reporting.blocks import Column, Table
from sanyan.core.rounds import RoundKey
from sanyan.core.warning.candidates import percent
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.figures.indicator import unit_of
from sanyan.interfaces.web.figures.maps import area_name
from sanyan.interfaces.web.figures.sentences import chance, said

register = template.Library()

_SHAPES = {
    "square": '<rect x="1" y="1" width="10" height="10" rx="2"/>',
    "dot": '<rect x="1" y="1" width="10" height="10" rx="2"/><circle cx="6" cy="6" r="1.8" fill="#fff"/>',
    "diamond": '<path d="M6 0.6 11.4 6 6 11.4 0.6 6Z"/>',
    "triangle": '<path d="M6 1 11.6 11H0.4Z"/>',
    "ring": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>',
    "half": '<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M6 1.6a4.4 4.4 0 0 1 0 8.8Z"/>',
    "tick": '<path d="M1 6.4 4.4 10 11 2.6" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "lock": '<rect x="2" y="5.4" width="8" height="6" rx="1.2"/>'
    '<path d="M3.8 5.6V4a2.2 2.2 0 0 1 4.4 0v1.6" fill="none" stroke="currentColor" stroke-width="1.5"/>',
}

register.filter("area_name", area_name)
register.filter("number", formats.number)
register.filter("count", formats.count)
register.filter("plain", formats.plain)
register.filter("percent", formats.percent)
register.filter("digits", formats.digits)
register.filter("day", formats.day)
register.filter("day_short", formats.day_short)
register.filter("clock", formats.clock)
register.filter("moment", formats.moment)
register.filter("short_unit", formats.short_unit)
register.filter("file_size", formats.size)
register.filter("fiscal_year", formats.fiscal_year)
register.filter("chance", chance)
register.filter("said", said)


@register.filter
def round_name(key: RoundKey | str) -> str:
    return formats.round_name(RoundKey.parse(key) if isinstance(key, str) else key)


@register.filter
def round_short(key: RoundKey | str) -> str:
    return formats.round_short(RoundKey.parse(key) if isinstance(key, str) else key)


@register.filter
def named(thing: Any, stem: str = "name") -> str:
    """`thing.name_th` or `thing.name_en`, as the reader's language asks and the data holds; `:""` for `thing.th`."""
    read = thing.get if isinstance(thing, dict) else lambda field: getattr(thing, field, "")
    start = f"{stem}_" if stem else ""
    thai = str(read(f"{start}th") or "")
    english = str(read(f"{start}en") or "")
    return formats.digits(thai or english) if formats.in_thai() else formats.short_office(english) or thai


@register.filter
def unit(indicator: Indicator) -> str:
    """The unit of an indicator in the reader's language."""
    return unit_of(indicator)


@register.filter
def word(code: object, table: str) -> words.Text:
    """The words for a code: `{{ state|word:"submission" }}`."""
    return words.word(table, code).text


@register.filter
def share(part: float | None, whole: float | None) -> float:
    """`part` of `whole` as 0-100, 0 when there is no whole."""
    return 100 * part / whole if part and whole else 0.0


@register.filter
def times100(value: float | None) -> str:
    """A share of 1 as a percent without its sign."""
    return formats.number(None if value is None else 100 * value, 0)


@register.filter
def chance_percent(probability: float) -> str:
    """A probability (0-1) in whole percent, never none and never sure, without its sign."""
    return formats.digits(percent(probability))


@register.filter
def table_rows(table: Table) -> list[list[tuple[Column, str]]]:
    """Each row of a report's table as cells beside their columns."""
    return [list(zip(table.columns, row, strict=True)) for row in table.rows]


@register.filter
def is_link(text: str) -> bool:
    """Whether a place is on the web, so that it may be a link."""
    return text.lower().startswith(("http://", "https://"))


@register.filter
def item(mapping: Any, key: Any) -> Any:
    return mapping.get(key)


@register.simple_tag
def shape(name: str) -> SafeString:
    """The small mark that stands beside a colour."""
    return mark_safe(f'<svg viewBox="0 0 12 12" aria-hidden="true" fill="currentColor">{_SHAPES[name]}</svg>')  # noqa: S308


@register.simple_tag
def badge(table: str, code: object, text: str = "") -> SafeString:
    """A state as shape and word: `{% badge "submission" state %}`."""
    held = words.word(table, code)
    return format_html('<span class="badge badge-{}">{}{}</span>', held.tone, shape(held.shape), text or held.text)


@register.simple_tag
def measured(value: float | None, unit: str = "", decimals: int = 1) -> str:
    return formats.measured(value, unit, decimals)


@register.simple_tag
def change(value: float | None, improved: bool | None = None, unit: str = "", decimals: int = 1) -> SafeString:
    """A change in words, coloured by whether it is for the better."""
    said = formats.change_words(value, improved, unit, decimals)
    unjudged = not value or improved is None or said == gettext("เท่าเดิม")
    tone = "same" if unjudged else "better" if improved else "worse"
    return format_html('<span class="{}">{}</span>', tone, said)


@register.simple_tag
def minibar(value: float | None, tone: str = "accent") -> SafeString:
    """A small bar for a percentage in a table; nothing when missing."""
    if value is None:
        return SafeString("")
    width = max(0.0, min(100.0, value))
    return format_html(
        '<svg class="minibar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="c-none" width="100" height="10"/><rect class="c-{}" width="{}" height="10"/></svg>',
        tone,
        f"{width:.1f}",
    )


@register.inclusion_tag("components/progress.html")
def progress(done: float | None, total: float | None, label: str = "") -> dict[str, Any]:
    part = 100 * (done or 0) / total if total else 0.0
    return {"done": done or 0, "total": total, "label": label, "width": f"{min(100.0, part):.1f}", "part": part}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: str = "", hint: str = "") -> dict[str, Any]:
    """A form field whole: label, hint, box with its unit, error in words."""
    widget = bound.field.widget
    kind = "choice" if isinstance(widget, CheckboxInput) else "set" if isinstance(widget, RadioSelect) else "box"
    described = [f"{bound.id_for_label}-hint"] if (hint or bound.help_text) else []
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
    attributes: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound if kind == "set" else bound.as_widget(attrs=attributes),
        "kind": kind,
        "unit": unit,
        "hint": hint or bound.help_text,
        "wide": isinstance(widget, Textarea | FileInput | Select),
    }


@register.inclusion_tag("components/chart.html", takes_context=True)
def chart(context: template.Context, shown: Any, level: int = 3) -> dict[str, Any]:
    """A figure whole: finding, measure, picture, how to read, table, download, source."""
    return {"chart": shown, "request": context.get("request"), "heading": f"h{level}"}


@register.simple_tag(takes_context=True)
def round_query(context: template.Context) -> SafeString:
    """The chosen round as the query of another page's address, where the reader chose one."""
    request = context.get("request")
    asked = request.GET.get("round", "") if request is not None else ""
    return format_html("?round={}", asked) if asked.isdigit() else SafeString("")


@register.simple_tag(takes_context=True)
def carry(context: template.Context, *names: str) -> SafeString:
    """Hidden inputs that keep other parts of the address when a filter form is sent."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    kept = [(name, value) for name in names for value in request.GET.getlist(name) if value]
    return SafeString(
        "".join(format_html('<input type="hidden" name="{}" value="{}">', name, value) for name, value in kept)
    )
