"""What changed between two versions of a framework, said so that a person can read it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from sanyan.core.forms.framework_layout import FRAMEWORK, TABLES
from sanyan.core.indicators.definitions import Framework, Target


class Change(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One difference. `part` is the key of the framework it lies in, `subject` the code of the thing,
    `field` empty where the whole thing came or went; `old` and `new` are as shown, "" for nothing."""

    change: Change
    part: str
    subject: str
    field: str
    old: str
    new: str
    th: str
    en: str


_NOUNS = {
    "framework": ("กรอบ", "Framework"),
    "rounds": ("รอบ", "Round"),
    "policy_areas": ("ด้าน", "Policy area"),
    "scale": ("ระดับ", "Level"),
    "narrative_fields": ("ช่องเรื่องเล่า", "Narrative field"),
    "indicators": ("ตัวชี้วัด", "Indicator"),
}
_LABELS: dict[tuple[str, str], tuple[str, str]] = {
    **{(form.part, c.key): (c.header_th, c.header_en) for form in (FRAMEWORK, *TABLES) for c in form.columns},
    ("rounds", "submit_by"): ("วันที่ส่ง", "Submit by"),
}
_WORDS = {(form.part, c.key): c.words for form in TABLES for c in form.columns if c.words}
_PARTS: tuple[tuple[str, Callable[[Any], Hashable]], ...] = (
    ("rounds", lambda item: item.month),
    ("policy_areas", lambda item: item.code),
    ("scale", lambda item: item.level),
    ("narrative_fields", lambda item: item.key),
    ("indicators", lambda item: item.code),
)
_NESTED = ("targets", "rubric")


def differences(old: Framework, new: Framework) -> tuple[Difference, ...]:
    """Every difference, the framework itself first, then rounds, policy areas, scale, fields and indicators.

    Empty exactly when the two are equal. Things are matched by code (rounds by month, levels by number).
    """
    found = list(_fields("framework", new.code, old, new, skip={part for part, _ in _PARTS}))
    for part, identity in _PARTS:
        found += _items(part, getattr(old, part), getattr(new, part), identity)
    return tuple(found)


def _items(
    part: str, old: Sequence[Any], new: Sequence[Any], identity: Callable[[Any], Hashable]
) -> Iterator[Difference]:
    before, after = _by_name(old, identity), _by_name(new, identity)
    for name, item in before.items():
        if name not in after:
            yield _whole(Change.REMOVED, part, name, item)
    for name, item in after.items():
        if name not in before:
            yield _whole(Change.ADDED, part, name, item)
        else:
            yield from _fields(part, name, before[name], item, skip=set(_NESTED))
            if part == "indicators":
                yield from _targets(name, before[name].targets, item.targets)
                yield from _rubric(name, before[name].rubric, item.rubric)
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before]:
        yield _said(Change.CHANGED, part, "", "order", ("ลำดับ", "order"), "; ".join(kept), "; ".join(after))


def _by_name(items: Iterable[Any], identity: Callable[[Any], Hashable]) -> dict[str, Any]:
    """Items by name; one that is named again (a fault of its own) is told apart by a mark."""
    named: dict[str, Any] = {}
    for item in items:
        name = str(identity(item))
        while name in named:
            name += "′"
        named[name] = item
    return named


def _fields(part: str, subject: str, old: Any, new: Any, *, skip: set[str]) -> Iterator[Difference]:
    for each in fields(new):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if not each.init or each.name in skip or before == after:
            continue
        if each.name == "submit_by":
            before, after = (f"{day}/{month}" for month, day in (before, after))
        label = _LABELS.get((part, each.name), (each.name, each.name))
        words = _WORDS.get((part, each.name), {})
        shown = _shown(before, words), _shown(after, words)
        yield _said(Change.CHANGED, part, subject, each.name, label, *shown)


def _targets(subject: str, old: Sequence[Target], new: Sequence[Target]) -> Iterator[Difference]:
    before, after = _by_name(old, _month), _by_name(new, _month)
    for month in dict.fromkeys((*before, *after)):
        was, now = before.get(month), after.get(month)
        if was == now:
            continue
        label = (f"เป้าหมายรอบ {month} เดือน", f"Target in month {month}")
        change = Change.ADDED if was is None else Change.REMOVED if now is None else Change.CHANGED
        yield _said(change, "indicators", subject, "targets", label, _target(was), _target(now))
    if list(before) != list(after) and set(before) == set(after):
        label = ("ลำดับของเป้าหมาย", "Order of targets")
        yield _said(Change.CHANGED, "indicators", subject, "targets", label, "; ".join(before), "; ".join(after))


def _month(target: Target) -> int:
    return target.month


def _target(target: Target | None) -> str:
    if target is None:
        return ""
    value = "" if target.value is None else _shown(target.value, {})
    better = "ดีกว่าปีก่อน" if target.better_than_last_year else ""
    return " ".join(part for part in (value, better) if part) or "-"


def _rubric(subject: str, old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]]) -> Iterator[Difference]:
    if old != new:
        label = ("เกณฑ์ระดับ", "Level criteria")
        before, after = ("; ".join(f"{level} {text}" for level, text in each) for each in (old, new))
        yield _said(Change.CHANGED, "indicators", subject, "rubric", label, before, after)


def _whole(change: Change, part: str, name: str, item: Any) -> Difference:
    noun_th, noun_en = _NOUNS[part]
    did_th, did_en = ("เพิ่ม", "added") if change is Change.ADDED else ("นำออก", "removed")
    return Difference(
        change=change,
        part=part,
        subject=name,
        field="",
        old="" if change is Change.ADDED else item.name_th,
        new=item.name_th if change is Change.ADDED else "",
        th=f"{did_th}{noun_th} {name} {item.name_th}".strip(),
        en=f"{noun_en} {name} {did_en}: {item.name_en or item.name_th}",
    )


def _said(change: Change, part: str, subject: str, key: str, label: tuple[str, str], old: str, new: str) -> Difference:
    noun_th, noun_en = _NOUNS[part]
    of_th, of_en = f"{noun_th} {subject}".strip(), f"{noun_en} {subject}".strip()
    if not old:
        th, en = f"{of_th}: เพิ่ม{label[0]} “{new}”", f"{of_en}: {label[1]} set to {new!r}"
    elif not new:
        th, en = f"{of_th}: นำ{label[0]} “{old}” ออก", f"{of_en}: {label[1]} {old!r} taken out"
    else:
        th = f"{of_th}: {label[0]}เปลี่ยนจาก “{old}” เป็น “{new}”"
        en = f"{of_en}: {label[1]} changed from {old!r} to {new!r}"
    return Difference(change, part, subject, key, old, new, th, en)


def _shown(value: Any, words: Mapping[str, str]) -> str:
    """A value as people read it; "" for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "ใช่" if value else "ไม่ใช่"
        case str():
            return words.get(value, value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case tuple():
            return "; ".join(_shown(each, words) for each in value)
        case _:
            return str(value)
