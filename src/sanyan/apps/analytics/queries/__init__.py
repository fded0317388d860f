"""What the facts say: the system, an area, an indicator. Figures of the whole are for everyone who may sign in to
see anything; named organisations only within the viewer's scope."""

from sanyan.apps.analytics.queries.areas import area_profile
from sanyan.apps.analytics.queries.history import fact_count
from sanyan.apps.analytics.queries.indicators import indicator_profile, region_figures
from sanyan.apps.analytics.queries.outlooks import RoundOutlooks, round_outlooks
from sanyan.apps.analytics.queries.overview import area_strengths, overview
from sanyan.apps.analytics.queries.types import (
    AreaFigure,
    AreaProfile,
    AreaRef,
    AreaSection,
    AreaStanding,
    AreaStrength,
    Change,
    Figure,
    GroupFigure,
    HistoryPoint,
    IndicatorProfile,
    Overview,
    PeerFigure,
    PolicyAreaResult,
    Source,
    Spread,
    Tally,
)

__all__ = [
    "AreaFigure",
    "AreaProfile",
    "AreaRef",
    "AreaSection",
    "AreaStanding",
    "AreaStrength",
    "Change",
    "Figure",
    "GroupFigure",
    "HistoryPoint",
    "IndicatorProfile",
    "Overview",
    "PeerFigure",
    "PolicyAreaResult",
    "RoundOutlooks",
    "Source",
    "Spread",
    "Tally",
    "area_profile",
    "area_strengths",
    "fact_count",
    "indicator_profile",
    "overview",
    "region_figures",
    "round_outlooks",
]
