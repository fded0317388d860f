"""All specs of the cube query, in the order of the reference."""

from __future__ import annotations

from tests.spec.counting_specs import MISSING_STATES, WHAT_COUNTS
from tests.spec.cube_language import CubeSpec
from tests.spec.dimension_specs import COMPARISONS, DIMENSIONS
from tests.spec.roll_up_specs import ROLL_UPS

CHAPTERS: dict[str, tuple[CubeSpec, ...]] = {
    "How values roll up": ROLL_UPS,
    "What is missing": MISSING_STATES,
    "What counts": WHAT_COUNTS,
    "Dimensions and filters": DIMENSIONS,
    "Comparison with an earlier year": COMPARISONS,
}
SPECS = tuple(spec for chapter in CHAPTERS.values() for spec in chapter)
