"""How values roll up."""

from __future__ import annotations

from tests.spec.cube_language import (
    BY_INDICATOR,
    DENOMINATOR,
    LEAST,
    MISSING,
    MOST,
    NUMERATOR,
    REPORTED,
    VALUE,
    CubeSpec,
)

from sanyan.engines.stores.base import CubeQuery

ROLL_UPS = (
    CubeSpec(
        "A ratio is the sum of numerators over the sum of denominators",
        "Percentages are never averaged: 10 of 10 and 0 of 90 make 10 %, not 50 %.",
        (
            """
            organisation | numerator | denominator | value
            2001         | 10        | 10          | 100
            2002         | 0         | 90          | 0
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, DENOMINATOR), BY_INDICATOR),
        """
        indicator | value | numerator | denominator
        reading   | 10    | 10        | 100
        """,
    ),
    CubeSpec(
        "A ratio is scaled by its own unit",
        "Incidents per 10,000 pupils keep that scale when areas are added up.",
        (
            """
            organisation | per   | numerator | denominator
            2001         | 10000 | 3         | 20000
            2002         | 10000 | 1         | 20000
            """,
        ),
        CubeQuery((VALUE,), BY_INDICATOR),
        """
        indicator | value
        reading   | 1
        """,
    ),
    CubeSpec(
        "A percent without its parts cannot be added up and counts as missing",
        "It is still one area's own figure, so it can be the least or the most.",
        (
            """
            organisation | numerator | denominator | value
            2001         | 40        | 80          | 50
            2002         |           |             | 95
            """,
        ),
        CubeQuery((VALUE, REPORTED, MISSING, LEAST, MOST), BY_INDICATOR),
        """
        indicator | value | reported | missing | least | most
        reading   | 50    | 1        | 1       | 50    | 95
        """,
    ),
    CubeSpec(
        "A zero denominator gives no value",
        "An area with nobody to count has been heard, and there is nothing to divide.",
        (
            """
            organisation | indicator | numerator | denominator
            2001         | empty     | 0         | 0
            2001         | half      | 0         | 0
            2002         | half      | 3         | 6
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, DENOMINATOR, REPORTED), BY_INDICATOR),
        """
        indicator | value | numerator | denominator | reported
        empty     |       | 0         | 0           | 1
        half      | 50    | 3         | 6           | 2
        """,
    ),
    CubeSpec(
        "A mean is weighted when every area holds its weight",
        "Average scores weigh by the pupils behind them.",
        (
            """
            organisation | rollup | value | denominator
            2001         | mean   | 40    | 300
            2002         | mean   | 60    | 100
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, DENOMINATOR), BY_INDICATOR),
        """
        indicator | value | numerator | denominator
        reading   | 45    | 18000     | 400
        """,
    ),
    CubeSpec(
        "A mean is plain when one area holds no weight",
        "A weight that is zero is no weight; half-weighted means would favour those who told their size.",
        (
            """
            organisation | indicator | rollup | value | denominator
            2001         | lacking   | mean   | 40    | 300
            2002         | lacking   | mean   | 60    |
            2001         | zero      | mean   | 10    | 5
            2002         | zero      | mean   | 30    | 0
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, DENOMINATOR), BY_INDICATOR),
        """
        indicator | value | numerator | denominator
        lacking   | 50    | 100       | 2
        zero      | 20    | 40        | 2
        """,
    ),
    CubeSpec(
        "A sum adds values and has no parts",
        "Children still out of school are counted, not divided.",
        (
            """
            organisation | rollup | value
            2001         | sum    | 12
            2002         | sum    | 0
            2003         | sum    | 7.5
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, DENOMINATOR, REPORTED), BY_INDICATOR),
        """
        indicator | value | numerator | denominator | reported
        reading   | 19.5  |           |             | 3
        """,
    ),
    CubeSpec(
        "Levels have a lower median",
        "With as many areas at 2 as at 4 the group stands at 2: a level that someone has, and not the kinder one.",
        (
            """
            organisation | indicator | rollup       | value
            2001         | even      | distribution | 4
            2002         | even      | distribution | 2
            2001         | odd       | distribution | 5
            2002         | odd       | distribution | 3
            2003         | odd       | distribution | 1
            2001         | tied      | distribution | 3
            2002         | tied      | distribution | 3
            2003         | tied      | distribution | 5
            2004         | tied      | distribution | 5
            """,
        ),
        CubeQuery((VALUE, REPORTED, LEAST, MOST), BY_INDICATOR),
        """
        indicator | value | reported | least | most
        even      | 2     | 2        | 2     | 4
        odd       | 3     | 3        | 1     | 5
        tied      | 3     | 4        | 3     | 5
        """,
    ),
    CubeSpec(
        "A level between two levels goes to the even one",
        "As Python rounds, so that every engine agrees on 2.5 and 3.5.",
        (
            """
            organisation | indicator | rollup       | value
            2001         | lower     | distribution | 2.5
            2001         | upper     | distribution | 3.5
            """,
        ),
        CubeQuery((VALUE,), BY_INDICATOR),
        """
        indicator | value
        lower     | 2
        upper     | 4
        """,
    ),
    CubeSpec(
        "A share is the percent of yes among those who answered",
        "An area that did not answer is not a no.",
        (
            """
            organisation | rollup | state         | value
            2001         | share  | reported      | 1
            2002         | share  | reported      | 0
            2003         | share  | reported      | 1
            2004         | share  | not_available |
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, DENOMINATOR, REPORTED, MISSING), BY_INDICATOR),
        """
        indicator | value             | numerator | denominator | reported | missing
        reading   | 66.66666666666667 | 2         | 3           | 3        | 1
        """,
    ),
    CubeSpec(
        "Text has no value but is counted",
        "Narratives roll up to how many areas wrote.",
        (
            """
            organisation | rollup | state         | value
            2001         | none   | reported      |
            2002         | none   | not_available |
            """,
        ),
        CubeQuery((VALUE, REPORTED, MISSING), BY_INDICATOR),
        """
        indicator | value | reported | missing
        reading   |       | 1        | 1
        """,
    ),
    CubeSpec(
        "Facts that roll up by different rules have no common value",
        "Two frameworks may use one code for different things; each still has its own value.",
        (
            """
            organisation | framework | indicator | rollup | numerator | denominator | value
            2001         | obec      | clash     | ratio  | 1         | 2           | 50
            2001         | other     | clash     | sum    |           |             | 7
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, REPORTED, MISSING, MOST), BY_INDICATOR),
        """
        indicator | value | numerator | reported | missing | most
        clash     |       |           | 2        | 0       | 50
        """,
    ),
)
