from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

STORY = {
    "title": "ครูพี่เลี้ยงช่วยอ่าน",
    "objective": "เพื่อแก้ปัญหานักเรียนอ่านไม่ออก",
    "process": "ครูพี่เลี้ยงฝึกอ่าน สัปดาห์ละ 2 ชั่วโมง ติดต่อนายสมชาย ใจดี โทร 081-234-5678",
    "quantitative": "ดำเนินการครบ 850 แห่ง จาก 1000 แห่ง คิดเป็นร้อยละ 85.0",
    "success_factors": "ผู้บริหารจัดเวลา เพราะเห็นความสำคัญ",
    "problem": "ครูไม่พอ",
}


@pytest.fixture(autouse=True)
def empty_facts() -> Iterator[None]:
    store = import_module("sanyan.apps.analytics.access").fact_store()  # Django is not ready when this file is read
    store.clear()
    yield
    store.clear()


@pytest.fixture
def world(django_capture_on_commit_callbacks: Any, settings: Any, monkeypatch: Any) -> Any:
    """Month 9 of two years: A1 from 75 to 85 %, B2 from 30 to 40; A1 offers a case that quotes its figure of SAF-01."""
    factories, definitions = import_module("tests.factories"), import_module("sanyan.core.indicators.definitions")
    rounds = import_module("sanyan.core.rounds")
    small = factories.small_framework()
    asked = tuple(
        replace(item, name_th="กรณีศึกษาที่เสนอเป็นต้นแบบ") if item.code == "QUA-04" else item for item in small.indicators
    )
    fields = tuple(definitions.NarrativeField(key, f"ช่อง {key}", f"Box {key}") for key in (*STORY, "alignment"))
    made = replace(small, indicators=asked, narrative_fields=fields)
    monkeypatch.setattr(factories, "small_framework", lambda: made)
    settings.AFTER_CERTIFICATION = ["sanyan.apps.analytics.tasks.append_certified"]
    before, now = factories.small_world(key=rounds.RoundKey(2567, 9)), factories.small_world()
    answers = import_module("sanyan.core.forms.answers")
    told = answers.FilledAnswer("QUA-04", definitions.AnswerState.REPORTED, text=dict(STORY, alignment="ความปลอดภัย"))
    with django_capture_on_commit_callbacks(execute=True):
        for code, part in (("A1", 850), ("B2", 400)):
            factories.certify(before, code, factories.percent(part - 100, 1000))
            factories.certify(now, code, factories.percent(part, 1000), *([told] if code == "A1" else []))
    found = import_module("sanyan.apps.organisations.queries").by_code(codes=["RA", "RB"], on=factories.TODAY)
    now.ids.update({code: item.id for code, item in found.items()})
    return now


@pytest.fixture
def outliers(world: Any, monkeypatch: Any) -> Callable[..., None]:
    """Say whom the figures find: (area, indicator, fiscal years), each beside B2."""
    factories, analytics = import_module("tests.factories"), import_module("sanyan.apps.analytics.queries")
    small = factories.small_framework()

    def ref(code: str) -> Any:
        names = (world.ids[code], code, f"สพ.{code}", f"Office {code}", "primary", f"R{code[0]}")
        return analytics.AreaRef(*names, f"เขต {code[0]}", f"Region {code[0]}", (), None, None)

    def found(*given: tuple[str, str, tuple[int, ...]]) -> None:
        rows = tuple(
            analytics.PositiveOutlier(
                area=ref(area),
                evidence=tuple(analytics.OutlierEvidence(small.indicator(code), y, 0.99, 1000.0) for y in years),
                p_twice=0.99,
                low_cases=(analytics.LowCase(ref("B2"), 0.4, (small.indicator(code),)),),
            )
            for area, code, years in given
        )
        monkeypatch.setattr(analytics, "positive_outliers", lambda **_: rows)

    return found


@pytest.fixture
def library(world: Any, outliers: Callable[..., None]) -> dict[str, int]:
    """A drafted case of A1 found by figures, and one that A1's report offers, by origin."""
    actions, models = import_module("sanyan.apps.cases.actions"), import_module("sanyan.apps.cases.models")
    system, now = import_module("sanyan.apps.accounts.access").SYSTEM, import_module("tests.factories").NOW
    outliers(("A1", "SAF-01", (2567, 2568)))
    actions.look_over(by=system, round_id=world.round.id, now=now)
    return dict(models.Case.objects.values_list("origin", "pk"))
