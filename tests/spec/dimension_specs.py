"""Dimensions, filters and comparison with an earlier year."""

from __future__ import annotations

from tests.spec.cube_language import (
    BY_INDICATOR,
    LEAST,
    MISSING,
    MOST,
    REPORTED,
    VALUE,
    CubeSpec,
)

from sanyan.engines.stores.base import CubeQuery

DIMENSIONS = (
    CubeSpec(
        "Filters keep facts whose dimension is among the values",
        "Several filters must all be passed.",
        (
            """
            organisation | region | area_type | rollup | value
            2001         | 9      | primary   | sum    | 1
            2002         | 9      | secondary | sum    | 2
            2003         | 10     | primary   | sum    | 4
            2004         | 11     | primary   | sum    | 8
            """,
        ),
        CubeQuery((VALUE,), BY_INDICATOR, (("region", ("9", "10")), ("area_type", ("primary",)))),
        """
        indicator | value
        reading   | 5
        """,
    ),
    CubeSpec(
        "A filter without values keeps nothing",
        "Someone who may see no area sees no figure.",
        (
            """
            rollup | value
            sum    | 1
            """,
        ),
        CubeQuery((VALUE,), BY_INDICATOR, (("organisation", ()),)),
        "indicator | value",
    ),
    CubeSpec(
        "Several dimensions make one row for each meeting of them, sorted",
        "Columns stand in the order asked for.",
        (
            """
            organisation | region | indicator | rollup | value
            2001         | 9      | b         | sum    | 1
            2002         | 9      | a         | sum    | 2
            2003         | 10     | b         | sum    | 4
            2004         | 9      | b         | sum    | 8
            """,
        ),
        CubeQuery((VALUE, REPORTED), ("region", "indicator")),
        """
        region | indicator | value | reported
        10     | b         | 4     | 1
        9      | a         | 2     | 1
        9      | b         | 9     | 2
        """,
    ),
    CubeSpec(
        "Thai text is a value like any other",
        "Names are compared and sorted by code point, the same on every engine.",
        (
            """
            organisation | province     | indicator           | rollup | value
            2001         | ชลบุรี         | ร้อยละ % 'อ่านออก'     | sum    | 1
            2002         | เชียงใหม่       | ร้อยละ % 'อ่านออก'     | sum    | 2
            2003         | กรุงเทพมหานคร | ร้อยละ % 'อ่านออก'     | sum    | 4
            2004         | น่าน          | ร้อยละ % 'อ่านออก'     | sum    | 8
            """,
        ),
        CubeQuery(
            (VALUE,),
            ("province", "indicator"),
            (
                ("indicator", ("ร้อยละ % 'อ่านออก'",)),
                ("province", ("เชียงใหม่", "ชลบุรี", "กรุงเทพมหานคร", "x' OR '1'='1")),
            ),
        ),
        """
        province     | indicator           | value
        กรุงเทพมหานคร | ร้อยละ % 'อ่านออก'     | 4
        ชลบุรี         | ร้อยละ % 'อ่านออก'     | 1
        เชียงใหม่       | ร้อยละ % 'อ่านออก'     | 2
        """,
    ),
    CubeSpec(
        "Practice stays apart from real unless both are asked for",
        "A question that does not name practice is about real data.",
        (
            """
            organisation | practice | rollup | value
            2001         | no       | sum    | 1
            2002         | yes      | sum    | 100
            """,
        ),
        CubeQuery((VALUE, REPORTED), BY_INDICATOR),
        """
        indicator | value | reported
        reading   | 1     | 1
        """,
    ),
    CubeSpec(
        "Practice can be asked for",
        "Pages on practice data filter on it.",
        (
            """
            organisation | practice | rollup | value
            2001         | no       | sum    | 1
            2002         | yes      | sum    | 100
            """,
        ),
        CubeQuery((VALUE,), BY_INDICATOR, (("practice", (True,)),)),
        """
        indicator | value
        reading   | 100
        """,
    ),
    CubeSpec(
        "As a dimension, practice tells the two apart",
        "Real comes first.",
        (
            """
            organisation | practice | rollup | value
            2001         | no       | sum    | 1
            2002         | yes      | sum    | 100
            """,
        ),
        CubeQuery((VALUE,), ("practice", "indicator")),
        """
        practice | indicator | value
        no       | reading   | 1
        yes      | reading   | 100
        """,
    ),
    CubeSpec(
        "A total is never added to its parts",
        "A question that does not name disaggregation is about totals.",
        (
            """
            organisation | disaggregation | rollup | value
            2001         |                | sum    | 10
            2001         | sex=f          | sum    | 6
            2001         | sex=m          | sum    | 4
            """,
        ),
        CubeQuery((VALUE, REPORTED), BY_INDICATOR),
        """
        indicator | value | reported
        reading   | 10    | 1
        """,
    ),
    CubeSpec(
        "Parts can be asked for",
        "As a dimension, disaggregation shows the total (without a name) and its parts.",
        (
            """
            organisation | disaggregation | rollup | value
            2001         |                | sum    | 10
            2001         | sex=f          | sum    | 6
            2001         | sex=m          | sum    | 4
            2002         | sex=f          | sum    | 1
            """,
        ),
        CubeQuery((VALUE,), ("disaggregation", "indicator")),
        """
        disaggregation | indicator | value
                       | reading   | 10
        sex=f          | reading   | 7
        sex=m          | reading   | 4
        """,
    ),
    CubeSpec(
        "The least and the most are single values, ties included",
        "They bound what areas said; a zero that was reported is a value.",
        (
            """
            organisation | numerator | denominator | value
            2001         | 0         | 5           | 0
            2002         | 4         | 5           | 80
            2003         | 8         | 10          | 80
            """,
        ),
        CubeQuery((LEAST, MOST, VALUE), BY_INDICATOR),
        """
        indicator | least | most | value
        reading   | 0     | 80   | 60
        """,
    ),
    CubeSpec(
        "Large counts stay exact",
        "Budgets in baht reach trillions.",
        (
            """
            organisation | rollup | value
            2001         | sum    | 4000000000000
            2002         | sum    | 3999999999999
            2003         | sum    | 1
            """,
        ),
        CubeQuery((VALUE,), BY_INDICATOR),
        """
        indicator | value
        reading   | 8000000000000
        """,
    ),
)

COMPARISONS = (
    CubeSpec(
        "A round is compared with the same month of an earlier year",
        "Rounds are cumulative: month 9 goes with month 9, never with month 12.",
        (
            """
            round   | rollup | value
            2567-06 | sum    | 1
            2567-09 | sum    | 2
            2567-12 | sum    | 3
            2568-06 | sum    | 10
            2568-09 | sum    | 20
            """,
        ),
        CubeQuery((VALUE, REPORTED), ("round", "indicator"), (("round", ("2568-06", "2568-09")),), 1),
        """
        round   | indicator | value | reported | value_before | reported_before
        2568-06 | reading   | 10    | 1        | 1            | 1
        2568-09 | reading   | 20    | 1        | 2            | 1
        """,
    ),
    CubeSpec(
        "A comparison is joined on the other dimensions too",
        "An area is compared with itself; where it has no earlier round the figure is missing.",
        (
            """
            round   | organisation | numerator | denominator
            2566-09 | 2001         | 1         | 4
            2566-09 | 2003         | 1         | 1
            2568-09 | 2001         | 1         | 2
            2568-09 | 2002         | 3         | 4
            """,
        ),
        CubeQuery((VALUE,), ("organisation", "round", "indicator"), (("round", ("2568-09",)),), 2),
        """
        organisation | round   | indicator | value | value_before
        2001         | 2568-09 | reading   | 50    | 25
        2002         | 2568-09 | reading   | 75    |
        """,
    ),
    CubeSpec(
        "Without a filter on rounds every round is compared",
        "The first year has nothing before it.",
        (
            """
            round   | rollup | value
            2567-09 | sum    | 2
            2568-09 | sum    | 20
            """,
        ),
        CubeQuery((VALUE, MISSING), ("round", "indicator"), (), 1),
        """
        round   | indicator | value | missing | value_before | missing_before
        2567-09 | reading   | 2     | 0       |              |
        2568-09 | reading   | 20    | 0       | 2            | 0
        """,
    ),
    CubeSpec(
        "Other filters hold for the earlier year too",
        "A region is compared with those that were in it then.",
        (
            """
            round   | organisation | region | rollup | value
            2567-09 | 2001         | 9      | sum    | 1
            2567-09 | 2002         | 10     | sum    | 2
            2568-09 | 2001         | 9      | sum    | 4
            2568-09 | 2002         | 9      | sum    | 8
            """,
        ),
        CubeQuery((VALUE,), ("round", "indicator"), (("region", ("9",)), ("round", ("2568-09",))), 1),
        """
        round   | indicator | value | value_before
        2568-09 | reading   | 12    | 1
        """,
    ),
)
