"""The checks that ship with the product, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from sanyan.core.checking.definitions import CheckDefinition, read_definition
from sanyan.core.errors import BadInputError


@cache
def shipped_checks() -> tuple[CheckDefinition, ...]:
    """Every definition in `sanyan/definitions/checks`, by code; raise BadInputError naming a file that is not whole."""
    folder = files("sanyan.definitions") / "checks"
    found: dict[str, CheckDefinition] = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml"):
            definition = read_definition(yaml.safe_load(path.read_text(encoding="utf-8")), place=path.name)
            if path.name != f"{definition.code}.yaml" or definition.code in found:
                raise BadInputError(
                    "check-name",
                    f"ชื่อไฟล์ไม่ตรงกับรหัสการตรวจสอบ {definition.code}",
                    f"The file is not named after its check, {definition.code}.",
                    next_th=f"ตั้งชื่อไฟล์เป็น {definition.code}.yaml ไม่ซ้ำกับไฟล์อื่น",
                    next_en=f"Name it {definition.code}.yaml; no two files may hold the same check.",
                    place=path.name,
                )
            found[definition.code] = definition
    return tuple(found.values())
