"""The areas of like context behind a signal: their figures beside the area's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaFigure, AreaRef, Spread
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals.queries import SignalInfo
from sanyan.core.errors import NotAllowedError, NotFoundError
from sanyan.core.signed_documents import Words
from sanyan.core.stats.suppression import HIDDEN_BELOW
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.figures.indicator import unit_of

SHOWN = 6


@dataclass(frozen=True)
class PeerLine:
    """One area: its figure of the round and its change since the same round last year. `own` is the signal's own."""

    area: AreaRef
    value: str
    change: str
    own: bool


@dataclass(frozen=True)
class Peers:
    """The nearest areas with a figure in sight (without any, the nearest by name), by what they are alike, and where
    the middle half of all areas lies."""

    lines: tuple[PeerLine, ...]
    alike: str
    middle: str


def peers_of(viewer: Viewer, signal: SignalInfo, info: RoundInfo) -> Peers | None:
    """The areas most alike to that of a signal; None where it is not about one area's figure, or none are known."""
    if signal.scope != "unit" or signal.organisation_id is None or not signal.indicator_code:
        return None
    try:
        group = analytics.peer_group(viewer=viewer, organisation_id=signal.organisation_id, round_id=info.id)
        profile = analytics.indicator_profile(viewer=viewer, round_id=info.id, code=signal.indicator_code)
    except (NotFoundError, NotAllowedError):  # the framework no longer asks it, or the area was no area then
        return None
    figures = {item.area.id: item for item in profile.areas}
    own = figures.get(signal.organisation_id)
    if own is None or not group.peers:
        return None
    near = [peer.area for peer in group.peers]
    told = [area for area in near if area.id in figures] or near
    lines = [_line(own.area, figures, own=True), *(_line(area, figures, own=False) for area in told[:SHOWN])]
    return Peers(tuple(lines), _alike(group.variables), _middle(profile.spread))


def _line(area: AreaRef, figures: Mapping[int, AreaFigure], *, own: bool) -> PeerLine:
    """Few cases and areas out of sight are named without figures."""
    held = figures.get(area.id)
    few = held is not None and held.figure.denominator is not None and held.figure.denominator < HIDDEN_BELOW
    if held is None or few:
        return PeerLine(area, formats.MISSING, formats.MISSING, own)
    figure = held.figure
    unit, decimals = unit_of(figure.indicator), figure.indicator.decimals
    return PeerLine(
        area,
        formats.measured(figure.value, unit, decimals),
        formats.change_words(figure.change, figure.improved, unit, decimals),
        own,
    )


def _alike(variables: tuple[Words, ...]) -> str:
    return " · ".join(formats.told(variable) for variable in variables)


def _middle(spread: Spread | None) -> str:
    if spread is None:
        return ""
    return _("ครึ่งหนึ่งของทุกเขตอยู่ระหว่าง %(q1)s ถึง %(q3)s ค่ากลาง %(median)s") % {
        "q1": formats.plain(spread.q1),
        "q3": formats.plain(spread.q3),
        "median": formats.plain(spread.median),
    }
