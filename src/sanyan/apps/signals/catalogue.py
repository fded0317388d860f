"""The warning rules that ship with the product, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.warning.definitions import WarningRule, read_rule


@cache
def shipped_rules() -> tuple[WarningRule, ...]:
    """Every rule in `sanyan/definitions/warnings`, by code; raise BadInputError naming a file that is not whole."""
    folder = files("sanyan.definitions") / "warnings"
    found: dict[str, WarningRule] = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            rule = read_rule(yaml.safe_load(path.read_text(encoding="utf-8")), place=path.name)
            if path.name != f"{rule.code}.yaml":
                raise BadInputError(
                    "warning-name",
                    f"ชื่อไฟล์ไม่ตรงกับรหัสเกณฑ์การเตือน {rule.code}",
                    f"The file is not named after its rule, {rule.code}.",
                    next_th=f"ตั้งชื่อไฟล์เป็น {rule.code}.yaml",
                    next_en=f"Name it {rule.code}.yaml.",
                    place=path.name,
                )
            found[rule.code] = rule
    return tuple(found.values())


def rule_of(code: str) -> WarningRule | None:
    """The shipped rule of a code; None for one that no longer ships."""
    return next((rule for rule in shipped_rules() if rule.code == code), None)
