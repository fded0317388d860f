"""What can be done to the registry. Below accounts: whoever calls has asked `accounts.access` first."""

from sanyan.apps.organisations.actions.changing import (
    add_alias,
    close_organisation,
    create_organisation,
    move,
)
from sanyan.apps.organisations.actions.drawing import draw_target_group
from sanyan.apps.organisations.actions.importing import (
    Change,
    ImportResult,
    import_file,
    import_organisations,
    load_registry,
)
from sanyan.apps.organisations.registry import OrganisationRow

__all__ = [
    "Change",
    "ImportResult",
    "OrganisationRow",
    "add_alias",
    "close_organisation",
    "create_organisation",
    "draw_target_group",
    "import_file",
    "import_organisations",
    "load_registry",
    "move",
]
