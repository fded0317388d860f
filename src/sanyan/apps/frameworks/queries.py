"""Frameworks and their rounds, read. Everyone signed in may read them: they hold no organisation's figures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.models import Framework as FrameworkRow
from sanyan.apps.frameworks.models import FrameworkVersion, Indicator, Round
from sanyan.core.errors import BadInputError, Fault, NotFoundError
from sanyan.core.forms.framework_codec import from_dict
from sanyan.core.forms.framework_diff import Difference
from sanyan.core.forms.framework_diff import differences as differences_between
from sanyan.core.forms.framework_faults import FrameworkFaultsError
from sanyan.core.forms.framework_reading import read_framework
from sanyan.core.forms.framework_validation import validate
from sanyan.core.forms.framework_workbook import framework_workbook
from sanyan.core.forms.framework_yaml import dump_yaml, load_yaml
from sanyan.core.indicators.definitions import Framework
from sanyan.core.rounds import RoundKey
from sanyan.engines.documents.excel import read_workbook, write_workbook

DECODED_KEPT = 32
LARGEST_YAML = 5 * 1024 * 1024


@dataclass(frozen=True)
class VersionSummary:
    """A version without what it asks."""

    id: int
    number: int
    state: str
    authored_by: str
    checked_by: str
    next_review: date | None
    created_at: datetime
    published_at: datetime | None
    retired_at: datetime | None


@dataclass(frozen=True)
class FrameworkSummary:
    """A framework and its versions, the latest first."""

    id: int
    code: str
    name_th: str
    name_en: str
    is_example: bool
    versions: tuple[VersionSummary, ...]


@dataclass(frozen=True)
class FrameworkVersionView:
    """A version with all that it asks."""

    id: int
    framework_code: str
    number: int
    state: str
    definition: Framework
    authored_by: str
    checked_by: str
    next_review: date | None
    created_at: datetime
    published_at: datetime | None
    published_by: str
    retired_at: datetime | None


@dataclass(frozen=True)
class FrameworkFile:
    """A framework as read from a file; None where errors among `faults` keep it from being read."""

    framework: Framework | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class RoundInfo:
    """A round as it was opened. `previous_id` is the latest earlier round of the same framework and kind
    (practice or real); `last_year_id` the same month a year before."""

    id: int
    key: RoundKey
    framework_code: str
    framework_name_th: str
    framework_name_en: str
    version_id: int
    version_number: int
    name_th: str
    name_en: str
    opens_on: date
    data_until: date
    due_on: date
    state: str
    is_practice: bool
    is_example: bool
    previous_id: int | None
    last_year_id: int | None


def frameworks(*, viewer: Viewer) -> tuple[FrameworkSummary, ...]:
    """Every framework with its versions, by code."""
    _signed_in(viewer)
    versions: dict[int, list[VersionSummary]] = {}
    for row in FrameworkVersion.objects.defer("definition").order_by("-number"):
        versions.setdefault(row.framework_id, []).append(_summary(row))
    return tuple(
        FrameworkSummary(
            id=row.pk,
            code=row.code,
            name_th=row.name_th,
            name_en=row.name_en,
            is_example=row.is_example,
            versions=tuple(versions.get(row.pk, ())),
        )
        for row in FrameworkRow.objects.order_by("code")
    )


def framework_version(*, viewer: Viewer, version_id: int) -> FrameworkVersionView:
    """One version by its id; raise NotFoundError when there is none."""
    _signed_in(viewer)
    return _view(FrameworkVersion.objects.filter(pk=version_id), str(version_id))


def find_version(
    *, viewer: Viewer, framework_code: str, number: int | None = None, state: str = ""
) -> FrameworkVersionView:
    """A version by number or by state; with neither, the published one, else the latest.

    Raise NotFoundError when there is none.
    """
    _signed_in(viewer)
    rows = FrameworkVersion.objects.filter(framework__code=framework_code).order_by("-number")
    if number is not None:
        rows = rows.filter(number=number)
    elif state:
        rows = rows.filter(state=state)
    else:
        published = rows.filter(state=FrameworkVersion.State.PUBLISHED)
        rows = published if published.exists() else rows
    return _view(rows, framework_code)


def indicator_ids(*, viewer: Viewer, version_id: int) -> dict[str, int]:
    """Id of each indicator of a version by code, in the order asked; empty while it is a draft."""
    _signed_in(viewer)
    return dict(Indicator.objects.filter(version_id=version_id).order_by("position").values_list("code", "pk"))


def differences(*, viewer: Viewer, framework_code: str, old: int, new: int) -> tuple[Difference, ...]:
    """What changed from one version number to another, readable in Thai and English."""
    before = find_version(viewer=viewer, framework_code=framework_code, number=old)
    after = find_version(viewer=viewer, framework_code=framework_code, number=new)
    return differences_between(before.definition, after.definition)


def rounds(*, viewer: Viewer, framework_code: str = "", is_practice: bool | None = None) -> tuple[RoundInfo, ...]:
    """Rounds that were opened or planned, the latest first."""
    _signed_in(viewer)
    found = _infos(Round.objects.all())
    return tuple(
        info
        for info in found
        if framework_code in ("", info.framework_code) and is_practice in (None, info.is_practice)
    )


def round_info(*, viewer: Viewer, round_id: int) -> RoundInfo:
    """One round by its id; raise NotFoundError when there is none."""
    _signed_in(viewer)
    kin = Round.objects.filter(framework__rounds__in=Round.objects.filter(pk=round_id))
    for info in _infos(kin):
        if info.id == round_id:
            return info
    raise NotFoundError(f"round {round_id}")


def find_round(*, viewer: Viewer, framework_code: str, key: RoundKey, is_practice: bool = False) -> RoundInfo | None:
    """The round of a framework with this key, or None."""
    found = rounds(viewer=viewer, framework_code=framework_code, is_practice=is_practice)
    return next((info for info in found if info.key == key), None)


def current_round(*, viewer: Viewer, today: date) -> RoundInfo | None:
    """The round people work on: the latest open one, else the latest that has begun, else None.

    A real round comes before a practice round of the same standing.
    """
    begun = [info for info in rounds(viewer=viewer) if info.opens_on <= today and info.state != "planned"]
    return max(
        begun,
        key=lambda info: (info.state == Round.State.OPEN, not info.is_practice, info.key, -info.id),
        default=None,
    )


def export_workbook(*, viewer: Viewer, version_id: int) -> bytes:
    """The version as an .xlsx in the form that can be imported again."""
    return write_workbook(framework_workbook(framework_version(viewer=viewer, version_id=version_id).definition))


def export_yaml(*, viewer: Viewer, version_id: int) -> str:
    """The version as YAML text in the form that can be imported again."""
    return dump_yaml(framework_version(viewer=viewer, version_id=version_id).definition)


def read_framework_file(
    *, viewer: Viewer, data: bytes, file_name: str, as_yaml: bool = False, today: date | None = None
) -> FrameworkFile:
    """Read a YAML file (by its name, or as told) or a workbook, and check it; nothing is stored.

    Raise BadInputError where it is neither; what is wrong inside is among the faults.
    """
    _signed_in(viewer)
    if as_yaml or file_name.lower().endswith((".yaml", ".yml")):
        return _read_yaml(data, file_name, today)
    reading = read_framework(read_workbook(data, file_name=file_name))
    if reading.framework is None:
        return FrameworkFile(None, reading.faults)
    checked = validate(reading.framework, locate=reading.locate, today=today)
    return FrameworkFile(reading.framework, (*reading.faults, *checked))


def _read_yaml(data: bytes, file_name: str, today: date | None) -> FrameworkFile:
    if len(data) > LARGEST_YAML:
        raise BadInputError(
            "framework-yaml-too-large",
            "ไฟล์ YAML ใหญ่เกิน 5 MB",
            "The YAML file is over 5 MB.",
            next_th="ตรวจว่าเลือกไฟล์กรอบถูกไฟล์",
            next_en="Check that this is the file of the framework.",
            place=file_name,
        )
    try:
        framework = load_yaml(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInputError(
            "framework-yaml-not-utf8",
            "ไฟล์ YAML ต้องเข้ารหัสแบบ UTF-8",
            "The YAML file must be UTF-8.",
            next_th="บันทึกไฟล์ใหม่เป็น UTF-8 แล้วนำเข้าอีกครั้ง",
            next_en="Save it as UTF-8, then import again.",
            place=file_name,
        ) from error
    except FrameworkFaultsError as error:
        return FrameworkFile(None, error.faults)
    return FrameworkFile(framework, validate(framework, locate=_place_in_yaml, today=today))


def _place_in_yaml(part: str, row: int, key: str) -> tuple[str, str]:
    return "", key if part == "framework" else f"{part}[{row + 1}].{key}"


def _signed_in(viewer: Viewer) -> None:
    if not viewer.system and viewer.user_id is None:
        raise NotFoundError


def _summary(row: FrameworkVersion) -> VersionSummary:
    return VersionSummary(
        id=row.pk,
        number=row.number,
        state=row.state,
        authored_by=row.authored_by,
        checked_by=row.checked_by,
        next_review=row.next_review,
        created_at=row.created_at,
        published_at=row.published_at,
        retired_at=row.retired_at,
    )


def _view(rows: QuerySet[FrameworkVersion], what: str) -> FrameworkVersionView:
    row = rows.defer("definition").annotate(code=F("framework__code"), written=Cast("definition", TextField())).first()
    if row is None:
        raise NotFoundError(what)
    return FrameworkVersionView(
        id=row.pk,
        framework_code=row.code,
        number=row.number,
        state=row.state,
        definition=_decoded(row.written),
        authored_by=row.authored_by,
        checked_by=row.checked_by,
        next_review=row.next_review,
        created_at=row.created_at,
        published_at=row.published_at,
        published_by=row.published_by,
        retired_at=row.retired_at,
    )


@lru_cache(maxsize=DECODED_KEPT)
def _decoded(written: str) -> Framework:
    """Kept by the text itself, so that it can never be stale; a definition is a plain frozen value."""
    return from_dict(json.loads(written))


def _infos(rows: QuerySet[Round]) -> tuple[RoundInfo, ...]:
    """Described from the latest to the earliest; `rows` must hold all rounds of each framework among them."""
    held = list(
        rows.select_related("framework", "version").defer("version__definition").order_by("fiscal_year", "month", "pk")
    )
    latest: dict[tuple[int, bool], int] = {}
    by_key: dict[tuple[int, bool, RoundKey], int] = {}
    infos: list[RoundInfo] = []
    for row in held:
        kin = (row.framework_id, row.is_practice)
        key = RoundKey(row.fiscal_year, row.month)
        infos.append(_info(row, key, latest.get(kin), by_key.get((*kin, key.same_last_year))))
        latest[kin] = by_key[(*kin, key)] = row.pk
    return _latest_first(infos)


def _latest_first(infos: Iterable[RoundInfo]) -> tuple[RoundInfo, ...]:
    return tuple(reversed(list(infos)))


def _info(row: Round, key: RoundKey, previous_id: int | None, last_year_id: int | None) -> RoundInfo:
    return RoundInfo(
        id=row.pk,
        key=key,
        framework_code=row.framework.code,
        framework_name_th=row.framework.name_th,
        framework_name_en=row.framework.name_en,
        version_id=row.version_id,
        version_number=row.version.number,
        name_th=row.name_th,
        name_en=row.name_en,
        opens_on=row.opens_on,
        data_until=row.data_until,
        due_on=row.due_on,
        state=row.state,
        is_practice=row.is_practice,
        is_example=row.framework.is_example,
        previous_id=previous_id,
        last_year_id=last_year_id,
    )
