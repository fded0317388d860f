"""A small world for tests: two regions of three areas, a framework of every kind of question, an open round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sanyan.apps.accounts.access import SYSTEM, HeldGrant, Viewer
from sanyan.apps.collection import actions as collection
from sanyan.apps.collection import queries as collected
from sanyan.apps.frameworks import actions as frameworks
from sanyan.apps.frameworks import queries as framework_queries
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.actions import import_organisations
from sanyan.apps.organisations.registry import OrganisationRow
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import (
    AnswerState,
    Direction,
    Framework,
    Indicator,
    Kind,
    NarrativeField,
    PolicyArea,
    Rollup,
    RoundPlan,
    ScaleLevel,
    Target,
)
from sanyan.core.rounds import RoundKey

NOW = datetime(2025, 7, 10, 3, 0, tzinfo=UTC)
TODAY = date(2025, 7, 10)
NINE = RoundKey(2568, 9)
AREAS = ("A1", "A2", "A3", "B1", "B2", "B3")


def small_framework(code: str = "SMALL") -> Framework:
    """One indicator of each kind, in two policy areas."""
    return Framework(
        code=code,
        name_th="กรอบเล็กสำหรับทดสอบ",
        name_en="Small framework",
        owner="สตผ.",
        fiscal_years=(2567, 2568),
        rounds=(
            RoundPlan(6, "รอบ 6 เดือน", "6 months", (4, 30)),
            RoundPlan(9, "รอบ 9 เดือน", "9 months", (7, 15)),
        ),
        policy_areas=(
            PolicyArea("SAF", "ความปลอดภัย", "Safety"),
            PolicyArea("QUA", "คุณภาพผู้เรียน", "Quality"),
        ),
        indicators=(
            _indicator("SAF-01", Kind.PERCENT, Rollup.RATIO, parts=True, targets=(Target(6, 70), Target(9, 80))),
            _indicator("SAF-02", Kind.NUMBER, Rollup.SUM, direction=Direction.LOWER, targets=(Target(9, 10),)),
            _indicator("QUA-01", Kind.PERCENT, Rollup.MEAN, mean_of="students", targets=(Target(9, 50),)),
            _indicator("QUA-02", Kind.LEVEL, Rollup.DISTRIBUTION, targets=(Target(9, 4),)),
            _indicator("QUA-03", Kind.YES_NO, Rollup.SHARE, targets=(Target(9, 1),)),
            _indicator("QUA-04", Kind.NARRATIVE, Rollup.NONE, direction=Direction.NONE),
        ),
        scale=tuple(
            ScaleLevel(level, name, name, low)
            for level, name, low in (
                (1, "ปรับปรุง", 0),
                (2, "พอใช้", 50),
                (3, "ดี", 60),
                (4, "ดีมาก", 75),
                (5, "ดีเยี่ยม", 90),
            )
        ),
        narrative_fields=(
            NarrativeField("title", "ชื่อกิจกรรม", "Title", required=True, max_length=300),
            NarrativeField("problem", "ปัญหาอุปสรรค", "Problems"),
        ),
        authored_by="ผู้เขียน",
        checked_by="ผู้ตรวจ",
        next_review=date(2027, 9, 30),
    )


def _indicator(
    code: str,
    kind: Kind,
    rollup: Rollup,
    *,
    parts: bool = False,
    direction: Direction = Direction.HIGHER,
    targets: tuple[Target, ...] = (),
    mean_of: str = "",
) -> Indicator:
    percent = kind is Kind.PERCENT
    return Indicator(
        code=code,
        policy_area=code.partition("-")[0],
        name_th=f"ตัวชี้วัด {code}",
        name_en=f"Indicator {code}",
        kind=kind,
        unit_th="ร้อยละ" if percent else "หน่วย",
        unit_en="percent" if percent else "units",
        direction=direction,
        rollup=rollup,
        months=(6, 9),
        numerator_th="ที่ทำได้" if parts else "",
        denominator_th="ทั้งหมด" if parts else "",
        numerator_en="done" if parts else "",
        denominator_en="all" if parts else "",
        mean_of=mean_of,
        per=100 if percent else 1,
        low=0 if percent else None,
        high=100 if percent else None,
        targets=targets,
    )


@dataclass(frozen=True)
class World:
    """What `small_world` made: the round and, by code, the organisations' and their submissions' ids."""

    round: RoundInfo
    ids: dict[str, int]
    submissions: dict[str, int]

    def officer(self, code: str) -> Viewer:
        return viewer("area_officer", self.ids[code])

    def director(self, code: str) -> Viewer:
        return viewer("area_director", self.ids[code])


def viewer(role: str, organisation_id: int | None = None) -> Viewer:
    return Viewer(user_id=7, name=f"ผู้ใช้ {role}", grants=(HeldGrant(role, organisation_id),))


def make_organisations() -> dict[str, int]:
    """An office, two regions and six areas; ids by code."""
    rows = [_organisation("OFF", "office"), _organisation("RA", "region", "OFF"), _organisation("RB", "region", "OFF")]
    rows += [_organisation(code, "area", "OFF", f"R{code[0]}") for code in AREAS]
    import_organisations(by=SYSTEM, rows=rows, now=NOW)
    found = organisations.by_code(codes=["OFF", "RA", "RB", *AREAS], on=TODAY)
    return {code: item.id for code, item in found.items()}


def _organisation(code: str, kind: str, parent: str = "", region: str = "") -> OrganisationRow:
    is_area = kind == "area"
    return OrganisationRow(
        code=code,
        kind=kind,
        area_type=("secondary" if code.endswith("3") else "primary") if is_area else "",
        name_th=f"หน่วยงาน {code}",
        name_en=f"Office {code}",
        short_th=f"สพ.{code}",
        provinces=("ขอนแก่น",) if is_area else (),
        latitude=16.0 if is_area else None,
        longitude=102.0 if is_area else None,
        parent_code=parent,
        region_code=region,
    )


def small_world(*, key: RoundKey = NINE, is_practice: bool = False) -> World:
    """Organisations, a published framework, and an open round that asks all six areas."""
    ids = organisations.by_code(codes=AREAS, on=TODAY)
    held = {code: item.id for code, item in ids.items()} if ids else make_organisations()
    definition = small_framework()
    if definition.code not in {item.code for item in framework_queries.frameworks(viewer=SYSTEM)}:
        frameworks.save_draft(by=SYSTEM, definition=definition, now=NOW)
        frameworks.publish(by=SYSTEM, framework_code=definition.code, now=NOW)
    frameworks.open_round(
        by=SYSTEM,
        framework_code=definition.code,
        key=key,
        opens_on=key.data_until,
        due_on=date(key.data_until.year, 7, 15) if key.month == 9 else date(key.data_until.year, 4, 30),
        is_practice=is_practice,
        now=NOW,
    )
    info = framework_queries.find_round(viewer=SYSTEM, framework_code=definition.code, key=key, is_practice=is_practice)
    assert info is not None
    areas = {code: held[code] for code in AREAS}
    collection.assign(by=SYSTEM, round_id=info.id, organisation_ids=areas.values(), due_on=info.due_on, now=NOW)
    rows = collected.expected(viewer=SYSTEM, round_id=info.id)
    by_organisation = {row.organisation_id: row.submission_id for row in rows}
    return World(info, held, {code: by_organisation[id_] for code, id_ in areas.items()})


def percent(numerator: float, denominator: float, code: str = "SAF-01") -> FilledAnswer:
    return FilledAnswer(code, AnswerState.REPORTED, numerator=numerator, denominator=denominator)


def number(value: float, code: str = "SAF-02") -> FilledAnswer:
    return FilledAnswer(code, AnswerState.REPORTED, value=value)


def certify(world: World, code: str, *answers: FilledAnswer) -> None:
    """Answer, hand in (the rest as not available) and certify one area's report."""
    submission = world.submissions[code]
    for answer in answers:
        collection.save_answer(by=world.officer(code), submission_id=submission, answer=answer, now=NOW)
    collection.submit(by=world.officer(code), submission_id=submission, now=NOW, leave_unanswered=True)
    collection.certify(by=world.director(code), submission_id=submission, now=NOW)


def certified_world() -> World:
    """The small world with every area's report certified: 40 to 90 % of the first figure, 4 to 9 of the second."""
    made = small_world()
    for place, code in enumerate(AREAS):
        certify(made, code, percent(40 + 10 * place, 100), number(4 + place))
    return made
