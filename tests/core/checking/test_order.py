from __future__ import annotations

from tests.core.checking.building import area, checked, given, indicator, noise, shipped, value

from sanyan.core.checking.run import CONTEXT_WEIGHT, run_checks
from sanyan.core.checking.values import CheckedAnswer
from sanyan.core.indicators.definitions import Direction

FIGURES = {area(n): round(80 + noise(n).uniform(-6, 6), 1) for n in range(40)} | {area(7): 2.0}


def answers(*codes: str) -> dict[tuple[str, str], CheckedAnswer]:
    return {(organisation, code): value(figure) for code in codes for organisation, figure in FIGURES.items()}


def test_of_two_equally_odd_figures_the_one_that_is_judged_comes_first() -> None:
    asked = indicator("CONTEXT", direction=Direction.NONE), indicator("JUDGED")
    findings = checked("far-from-others", given(*asked, answers=answers("CONTEXT", "JUDGED"))).findings
    assert [item.indicator for item in findings] == ["JUDGED", "CONTEXT"]
    assert abs(findings[1].score - CONTEXT_WEIGHT * findings[0].score) < 0.001


def test_a_grossly_wrong_figure_of_context_still_comes_before_a_slightly_odd_one() -> None:
    asked = indicator("CONTEXT", direction=Direction.NONE), indicator("JUDGED")
    held = answers("JUDGED") | {(organisation, "CONTEXT"): value(50) for organisation in FIGURES}
    held[area(3), "CONTEXT"] = value(2570.4)
    report = run_checks(shipped().values(), given(*asked, answers=held))
    assert (report.findings[0].indicator, report.findings[0].check_code) == ("CONTEXT", "impossible-percent")
