"""Panel import: any long or wide table of units x periods x indicators, read by a mapping that is
remembered."""

from sanyan.core.forms.panel_framework import framework_from_panel
from sanyan.core.forms.panel_guess import suggest_mapping
from sanyan.core.forms.panel_mapping import PanelIndicator, PanelMapping, PanelOrganisations, PanelPeriod
from sanyan.core.forms.panel_reading import PanelCounts, PanelReading, PanelRow, read_panel

__all__ = [
    "PanelCounts",
    "PanelIndicator",
    "PanelMapping",
    "PanelOrganisations",
    "PanelPeriod",
    "PanelReading",
    "PanelRow",
    "framework_from_panel",
    "read_panel",
    "suggest_mapping",
]
