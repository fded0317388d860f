"""Made-up panels: lasting places, noise that is larger in small units, and a shift that all share."""

from __future__ import annotations

import numpy as np

from sanyan.core.stats.panel import FloatArray, Panel


def panel_of(values: FloatArray, *, regions: int = 1, size: FloatArray | None = None, context: int = 0) -> Panel:
    """A panel from a grid of values; units are u0, u1, …, times from 2560."""
    units, rounds = values.shape
    chance = np.random.default_rng(5)
    return Panel(
        units=tuple(f"u{index}" for index in range(units)),
        times=tuple(range(2560, 2560 + rounds)),
        values=values,
        regions=tuple(f"r{index % regions}" for index in range(units)),
        size=size,
        context_names=tuple(f"c{index}" for index in range(context)),
        context=chance.normal(size=(context, units, rounds)),
    )


def made_up(units: int, rounds: int, *, seed: int, shock: float = 4.0) -> Panel:
    """Values around 60 with places that last (sd 6), noise of sd 20 / sqrt(size / 10) and shared shocks."""
    chance = np.random.default_rng(seed)
    size = np.exp(chance.normal(4.0, 1.0, size=units))
    noise = 20.0 / np.sqrt(size / 10.0)
    national = 60 + np.cumsum(chance.normal(0.0, shock, size=rounds))
    values = national + chance.normal(0, 6, size=(units, 1)) + chance.normal(size=(units, rounds)) * noise[:, None]
    return panel_of(values, regions=6, size=np.repeat(size[:, None], rounds, axis=1), context=2)
