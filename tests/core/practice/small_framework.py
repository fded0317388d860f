"""A small framework whose practice world can be checked by eye."""

from __future__ import annotations

from sanyan.core.indicators.definitions import (
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

ALL = (6, 9, 12)


def indicator(code: str, kind: Kind, **more: object) -> Indicator:
    area, _, _ = code.partition("-")
    rollups = {
        Kind.PERCENT: Rollup.RATIO,
        Kind.RATIO: Rollup.RATIO,
        Kind.NUMBER: Rollup.SUM,
        Kind.NARRATIVE: Rollup.NONE,
    }
    options: dict[str, object] = {
        "direction": Direction.NONE if kind is Kind.NARRATIVE else Direction.HIGHER,
        "months": ALL,
        "evidence": ("DOCUMENTARY",),
    }
    if kind is Kind.PERCENT and "mean_of" not in more:
        options |= {"numerator_th": "โรงเรียนที่ดำเนินการ", "denominator_th": "โรงเรียนทั้งหมด", "per": 100.0}
    names = ("ชื่อตัวชี้วัด", "Indicator name")
    return Indicator(
        code,
        area,
        *names,
        kind,
        "ร้อยละ",
        "percent",
        rollup=rollups.get(kind, Rollup.MEAN),
        **(options | more),  # type: ignore[arg-type]
    )


def framework() -> Framework:
    rows = (
        indicator("SAF-01", Kind.PERCENT, targets=(Target(6, 80), Target(12, 100))),
        indicator(
            "SAF-02", Kind.RATIO, numerator_th="เหตุ", denominator_th="นักเรียน", per=10_000.0, direction=Direction.LOWER
        ),
        indicator("SAF-03", Kind.PERCENT),
        indicator("OPP-01", Kind.NUMBER, direction=Direction.LOWER),
        indicator("OPP-02", Kind.PERCENT),
        indicator("OPP-03", Kind.PERCENT, direction=Direction.LOWER, months=(12,)),
        indicator("QUA-02", Kind.PERCENT, mean_of="students", applies=("primary",), low=0.0, high=100.0),
        indicator("MGT-02", Kind.PERCENT, denominator_th="งบที่ได้รับจัดสรร"),
        indicator("STD-04", Kind.PERCENT),
        indicator("STD-01", Kind.LEVEL),
        indicator("BUR-04", Kind.YES_NO),
        indicator("BUR-01", Kind.NUMBER, direction=Direction.LOWER, decimals=0),
        indicator("BUR-05", Kind.NARRATIVE, months=(9, 12)),
        indicator("STD-06", Kind.NARRATIVE, months=(9, 12)),
    )
    keys = ("title", "objective", "process", "quantitative", "qualitative", "success_factors", "problem", "suggestion")
    return Framework(
        code="SMALL",
        name_th="กรอบย่อ",
        name_en="Small framework",
        owner="",
        fiscal_years=(2567, 2568),
        rounds=tuple(RoundPlan(m, f"รอบ {m} เดือน", f"{m} months", (4, 30)) for m in ALL),
        policy_areas=tuple(PolicyArea(c, c, c) for c in ("SAF", "OPP", "QUA", "MGT", "STD", "BUR")),
        indicators=rows,
        scale=tuple(ScaleLevel(i, str(i), str(i)) for i in range(1, 6)),
        narrative_fields=tuple(NarrativeField(k, k, k, k == "title", 300 if k == "title" else 2000) for k in keys),
    )
