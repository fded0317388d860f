"""A panel: one indicator of many units over equally spaced times, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Panel:
    """Values of one indicator, and what is known of its units.

    `values` is units x times, NaN where missing, on the scale that is worked with (the natural log where the reader
    was told so). `times` are all steps from the first to the last, ascending, `step` apart. `regions` names each
    unit's region, "" where not known. `size` (units x times) is what makes a unit's value more certain, such as
    enrolment; None where nothing is known. `context` is names x units x times.
    """

    units: tuple[str, ...]
    times: tuple[int, ...]
    values: FloatArray
    regions: tuple[str, ...]
    size: FloatArray | None
    context_names: tuple[str, ...]
    context: FloatArray
    step: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError where the shapes do not agree or the times are not equally spaced."""
        shape = (len(self.units), len(self.times))
        if self.values.shape != shape or (self.size is not None and self.size.shape != shape):
            raise ValueError(f"values and size must be {shape[0]} units x {shape[1]} times")
        if len(self.regions) != shape[0] or self.context.shape != (len(self.context_names), *shape):
            raise ValueError("regions and context must fit the units and times")
        if any(later - earlier != self.step for earlier, later in zip(self.times, self.times[1:], strict=False)):
            raise ValueError(f"times must be {self.step} apart")

    def before(self, time: int) -> Panel:
        """The panel as it was known before `time`: later columns do not exist yet. May hold no time at all."""
        count = sum(held < time for held in self.times)
        return Panel(
            self.units,
            self.times[:count],
            self.values[:, :count],
            self.regions,
            None if self.size is None else self.size[:, :count],
            self.context_names,
            self.context[:, :, :count],
            self.step,
        )
