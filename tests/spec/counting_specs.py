"""What is missing, and which facts count."""

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
    Removal,
)

from sanyan.engines.stores.base import CubeQuery

MISSING_STATES = (
    CubeSpec(
        "Only what was reported makes a value",
        "Missing is missing, never zero; not applicable and not yet due are not missing either.",
        (
            """
            organisation | rollup | state          | value
            2001         | sum    | reported       | 5
            2002         | sum    | not_available  |
            2003         | sum    | not_applicable |
            2004         | sum    | not_yet_due    |
            """,
        ),
        CubeQuery((VALUE, REPORTED, MISSING, LEAST), BY_INDICATOR),
        """
        indicator | value | reported | missing | least
        reading   | 5     | 1        | 1       | 5
        """,
    ),
    CubeSpec(
        "Nothing reported gives no value at all",
        "A sum of nothing is not 0, and a share of nothing is not 0 %.",
        (
            """
            organisation | indicator | rollup       | state
            2001         | level     | distribution | not_available
            2001         | mean      | mean         | not_available
            2001         | ratio     | ratio        | not_available
            2001         | share     | share        | not_available
            2001         | sum       | sum          | not_applicable
            """,
        ),
        CubeQuery((VALUE, NUMERATOR, DENOMINATOR, REPORTED, MISSING, LEAST, MOST), BY_INDICATOR),
        """
        indicator | value | numerator | denominator | reported | missing | least | most
        level     |       |           |             | 0        | 1       |       |
        mean      |       |           |             | 0        | 1       |       |
        ratio     |       |           |             | 0        | 1       |       |
        share     |       |           |             | 0        | 1       |       |
        sum       |       |           |             | 0        | 0       |       |
        """,
    ),
    CubeSpec(
        "A figure that is not a number is missing",
        "NaN and infinity never reach an answer.",
        (
            """
            organisation | indicator | rollup | numerator | denominator | value
            2001         | ratio     | ratio  | nan       | 10          | nan
            2002         | ratio     | ratio  | 5         | 10          | 50
            2001         | sum       | sum    |           |             | inf
            """,
        ),
        CubeQuery((VALUE, REPORTED, MISSING, MOST), BY_INDICATOR),
        """
        indicator | value | reported | missing | most
        ratio     | 50    | 1        | 1       | 50
        sum       |       | 0        | 1       |
        """,
    ),
    CubeSpec(
        "An empty store answers with no rows",
        "There is nothing to say about any indicator.",
        (),
        CubeQuery((VALUE, REPORTED), BY_INDICATOR),
        "indicator | value | reported",
    ),
    CubeSpec(
        "A question without dimensions always has one row",
        "How many answers are there? None is an honest count.",
        (),
        CubeQuery((REPORTED, MISSING)),
        """
        reported | missing
        0        | 0
        """,
    ),
)

WHAT_COUNTS = (
    CubeSpec(
        "A new certification replaces the whole of the earlier one",
        "The highest sequence of a source counts; an answer that is gone from it is gone.",
        (
            """
            source | sequence | indicator | rollup | value
            s1     | 1        | a         | sum    | 10
            s1     | 1        | b         | sum    | 20
            s2     | 1        | a         | sum    | 1
            """,
            """
            source | sequence | indicator | rollup | value
            s1     | 2        | a         | sum    | 11
            """,
        ),
        CubeQuery((VALUE, REPORTED), BY_INDICATOR),
        """
        indicator | value | reported
        a         | 12    | 2
        """,
    ),
    CubeSpec(
        "An older certification that arrives late changes nothing",
        "Order of arrival does not matter, the sequence does.",
        (
            """
            source | sequence | rollup | value
            s1     | 3        | sum    | 30
            """,
            """
            source | sequence | rollup | value
            s1     | 2        | sum    | 20
            """,
        ),
        CubeQuery((VALUE,), BY_INDICATOR),
        """
        indicator | value
        reading   | 30
        """,
    ),
    CubeSpec(
        "The same certification given twice counts once",
        "A retry after a crash must not double a sum. What comes later at the same sequence is right.",
        (
            """
            source | sequence | indicator | rollup | value
            s1     | 1        | a         | sum    | 10
            s1     | 1        | b         | sum    | 5
            """,
            """
            source | sequence | indicator | rollup | value
            s1     | 1        | a         | sum    | 10
            s1     | 1        | b         | sum    | 6
            s1     | 1        | c         | sum    | 7
            """,
        ),
        CubeQuery((VALUE, REPORTED), BY_INDICATOR),
        """
        indicator | value | reported
        a         | 10    | 1
        b         | 6     | 1
        c         | 7     | 1
        """,
    ),
    CubeSpec(
        "A removed source is forgotten and may come back",
        "After a removal even a lower sequence counts again.",
        (
            """
            source | sequence | organisation | rollup | value
            s1     | 4        | 2001         | sum    | 10
            s2     | 1        | 2002         | sum    | 20
            """,
            Removal(("s1", "never-seen")),
            """
            source | sequence | organisation | rollup | value
            s1     | 1        | 2001         | sum    | 3
            """,
        ),
        CubeQuery((VALUE,), ("organisation", "indicator")),
        """
        organisation | indicator | value
        2001         | reading   | 3
        2002         | reading   | 20
        """,
    ),
)
