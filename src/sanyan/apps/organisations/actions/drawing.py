"""Target groups, drawn so that anyone can draw them again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sanyan.apps.audit import actions as audit
from sanyan.apps.audit.actions import Actor, Trace
from sanyan.apps.organisations import queries
from sanyan.apps.organisations.models import TargetGroup, TargetGroupMember
from sanyan.core.errors import BadInputError
from sanyan.core.stats.sampling import Draw, Unit, draw


def draw_target_group(
    *,
    by: Actor,
    name_th: str,
    purpose_th: str,
    size: int,
    seed: int,
    minimum: int = 1,
    now: datetime,
) -> queries.TargetGroupInfo:
    """Draw areas with quotas over region, type and size (number of schools) and keep the whole draw.

    At least `minimum` come from each pair of region and type. Raise BadInputError for a name taken or a size
    that the quotas cannot meet.
    """
    if not name_th.strip() or TargetGroup.objects.filter(name_th=name_th).exists():
        raise _name_unusable(name_th)
    areas = queries.areas(on=timezone.localdate(now))
    drawn = _drawn(areas, size, seed, minimum)
    codes = {area.id: area.code for area in areas}
    with transaction.atomic():
        group = TargetGroup.objects.create(
            name_th=name_th,
            purpose_th=purpose_th,
            size=size,
            seed=seed,
            method=_method(drawn, codes, minimum),
            drawn_at=now,
            drawn_by=by.name,
        )
        TargetGroupMember.objects.bulk_create(
            TargetGroupMember(group=group, organisation_id=key, stratum=" ".join(stratum))
            for key, stratum in drawn.chosen.items()
        )
        trace = Trace("organisations.draw_group", "target_group", str(group.pk), detail={"seed": seed})
        audit.record(by=by, trace=trace, now=now)
    return queries.target_group(group_id=group.pk)


def _drawn(areas: tuple[queries.OrganisationInfo, ...], size: int, seed: int, minimum: int) -> Draw:
    units = [Unit(area.id, area.region_code, area.area_type, area.schools) for area in areas]
    try:
        return draw(units, size=size, seed=seed, minimum=minimum)
    except ValueError as error:
        raise BadInputError(
            "group-size-out-of-reach",
            f"เลือก {size} แห่งตามโควตาขั้นต่ำกลุ่มละ {minimum} แห่งไม่ได้ จาก {len(units)} แห่งที่มี",
            f"The quotas cannot be met with this size: {error}.",
            next_th="เพิ่มหรือลดขนาดกลุ่ม หรือลดโควตาขั้นต่ำ",
            next_en="Change the size, or lower the minimum.",
            place=str(size),
        ) from error


def _name_unusable(name_th: str) -> BadInputError:
    return BadInputError(
        "group-name-taken",
        "ยังไม่ได้ตั้งชื่อกลุ่ม หรือมีกลุ่มชื่อนี้แล้ว",
        "The group has no name, or another has it.",
        next_th="ตั้งชื่ออื่น",
        next_en="Choose another name.",
        place=name_th,
    )


def _method(drawn: Draw, codes: dict[int, str], minimum: int) -> dict[str, object]:
    """The draw in full: what was in each stratum, how many were due, who was drawn."""
    return {
        "kind": "stratified",
        "over": ["region", "area_type", "size_class"],
        "minimum_per_region_and_type": minimum,
        "strata": [
            {
                "region": stratum.region,
                "area_type": stratum.area_type,
                "size_class": stratum.size_class,
                "population": population,
                "quota": drawn.quotas[stratum],
                "drawn": [codes[key] for key, found in drawn.chosen.items() if found == stratum],
            }
            for stratum, population in drawn.populations.items()
        ],
    }
