"""Opening a round: which, when, and who is asked; and each round's next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sanyan.apps.accounts import queries as accounts
from sanyan.apps.accounts.access import Capability, Viewer, may, require
from sanyan.apps.collection.actions import assign
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.actions import change_round_state, open_round
from sanyan.apps.frameworks.queries import FrameworkSummary, RoundInfo
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Framework, RoundPlan
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.pages import page, show, try_to
from sanyan.interfaces.web.rounds.forms import OpenRoundForm

DAYS_TO_ANSWER = 30
STEPS: dict[str, tuple[str, ...]] = {
    "planned": ("open",),
    "open": ("closed",),
    "closed": ("locked", "open"),
    "locked": ("closed",),
}
STEP_WORDS: dict[str, tuple[Promise, Promise]] = {
    "open": (gettext_lazy("เปิดรับ"), gettext_lazy("เขตส่งรายงานได้ และรอบนี้เป็นรอบที่ทุกหน้าแสดงก่อน")),
    "closed": (gettext_lazy("ปิดรับ"), gettext_lazy("รอบนี้ไม่ใช่รอบที่กำลังทำอีกต่อไป เปิดรับใหม่ได้ภายหลัง")),
    "locked": (gettext_lazy("ล็อกรอบ"), gettext_lazy("รอบที่ล็อกถือว่าสิ้นสุดแล้ว ถอยกลับเป็นปิดรับได้หากจำเป็น")),
}


@page
def round_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every round, where it stands, and its next step."""
    found = frameworks.rounds(viewer=viewer)
    can_manage = may(viewer=viewer, capability=Capability.MANAGE)
    context = {
        "rows": [
            (info, [(step, STEP_WORDS[step][0]) for step in STEPS.get(info.state, ())] if can_manage else [])
            for info in found
        ],
        "open": sum(info.state == "open" for info in found),
        "can_manage": can_manage,
    }
    return show(request, "rounds/list.html", context)


@page
def state(request: HttpRequest, viewer: Viewer, round_id: int, step: str) -> HttpResponse:
    """Ask, then move a round one step."""
    require(viewer=viewer, capability=Capability.MANAGE)
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    if step not in STEP_WORDS:
        raise NotFoundError(step)
    name, explain = STEP_WORDS[step]
    if request.method == "POST":
        now = timezone.now()
        try_to(
            request,
            lambda: change_round_state(by=viewer, round_id=round_id, state=step, now=now),
            done=_("เปลี่ยนสถานะของรอบแล้ว"),
        )
        return HttpResponseRedirect(reverse("rounds:list"))
    return show(request, "rounds/state.html", {"info": info, "name": name, "explain": explain})


@page
def opening(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Open a round of a published framework: first what and when, then how many are asked, then the deed."""
    require(viewer=viewer, capability=Capability.MANAGE)
    published = _published(viewer)
    if not published:
        return show(request, "rounds/open.html", {"frameworks": ()})
    code = request.GET.get("framework", "")
    chosen = next((item for item in published if item.code == code), published[0])
    definition = frameworks.find_version(viewer=viewer, framework_code=chosen.code, state="published").definition
    there = frameworks.rounds(viewer=viewer, framework_code=chosen.code)
    today = timezone.localdate()
    keys = foreseen(definition)
    key = _chosen_key(request.GET.get("key", ""), keys, there, today)
    areas = accounts.areas(viewer=viewer, on=today)
    groups = accounts.target_groups(viewer=viewer)
    form = OpenRoundForm(request.POST or None, areas=areas, groups=groups, initial=_first_values(definition, key))
    asked: list[OrganisationInfo] | None = None
    if request.method == "POST" and form.is_valid():
        asked = form.asked(areas)
        if asked and request.POST.get("confirmed") == str(len(asked)):  # what was shown is what is done
            landed = _open(request, viewer, chosen.code, key, form, asked)
            if landed is not None:
                return landed
    context = {
        "frameworks": published,
        "chosen": chosen,
        "keys": keys,
        "key": key,
        "there": [info for info in there if info.key == key],
        "form": form,
        "asked": asked,
    }
    return show(request, "rounds/open.html", context)


def _open(
    request: HttpRequest,
    viewer: Viewer,
    framework_code: str,
    key: RoundKey,
    form: OpenRoundForm,
    asked: Sequence[OrganisationInfo],
) -> HttpResponse | None:
    """Open the round and ask, both or neither; the round's progress, or None where it could not be done."""
    now, today = timezone.now(), timezone.localdate()
    opens_on, due_on = form.cleaned_data["opens_on"], form.cleaned_data["due_on"]
    opened: list[int] = []

    def deed() -> None:
        with transaction.atomic():
            id = open_round(
                by=viewer,
                framework_code=framework_code,
                key=key,
                opens_on=opens_on,
                due_on=due_on,
                is_practice=form.cleaned_data["kind"] == "practice",
                state="open" if opens_on <= today else "planned",
                now=now,
            )
            assign(by=viewer, round_id=id, organisation_ids=[area.id for area in asked], due_on=due_on, now=now)
        opened.append(id)

    said = _("เปิดรอบแล้ว ขอข้อมูลจาก %(count)s เขต") % {"count": formats.count(len(asked))}
    if not try_to(request, deed, done=said):
        return None
    return HttpResponseRedirect(f"{reverse('rounds:progress')}?round={opened[0]}")


def foreseen(definition: Framework) -> tuple[RoundKey, ...]:
    """Every round that the framework foresees, in order of time."""
    return tuple(sorted(RoundKey(year, plan.month) for year in definition.fiscal_years for plan in definition.rounds))


def due_by(plan: RoundPlan, key: RoundKey) -> date:
    """The day the plan names, the first time it comes after the last day whose data the round holds.

    A plan's 29 February becomes the 28th in a year without one.
    """
    month, day = plan.submit_by
    for year in (key.data_until.year, key.data_until.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            found = date(year, month, day - 1)
        if found >= key.data_until:
            return found
    return key.data_until + timedelta(days=DAYS_TO_ANSWER)


def _published(viewer: Viewer) -> list[FrameworkSummary]:
    found = frameworks.frameworks(viewer=viewer)
    return [item for item in found if any(version.state == "published" for version in item.versions)]


def _chosen_key(asked: str, keys: Sequence[RoundKey], there: Sequence[RoundInfo], today: date) -> RoundKey:
    """The round in the address; else the first that is not there yet and whose data is not long complete."""
    held = {info.key for info in there}
    wanted = next((key for key in keys if str(key) == asked), None)
    fresh = next((key for key in keys if key not in held and key.data_until >= today), None)
    return wanted or fresh or next((key for key in keys if key not in held), keys[-1])


def _first_values(definition: Framework, key: RoundKey) -> dict[str, str]:
    plan = next(plan for plan in definition.rounds if plan.month == key.month)
    due = due_by(plan, key)
    opens = min(key.data_until, due) - timedelta(days=DAYS_TO_ANSWER)
    write = formats.day if formats.in_thai() else date.isoformat
    return {"opens_on": write(opens), "due_on": write(due), "kind": "real", "who": "all"}
