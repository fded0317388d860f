"""A framework as YAML text, and back, without loss."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.forms.framework_codec import from_dict, to_dict
from sanyan.core.indicators.definitions import Framework

MOST_CHARACTERS = 600_000  # some eight times a framework of 45 indicators; parsing takes seconds for each million


class _StrictLoader(yaml.SafeLoader):
    """The safe loader, which also refuses a name given twice (YAML would keep the last without a word)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is given twice", key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def dump_yaml(framework: Framework) -> str:
    """The framework as UTF-8 YAML text in the canonical order of `to_dict`."""
    return yaml.safe_dump(to_dict(framework), allow_unicode=True, sort_keys=False, width=110)


def load_yaml(text: str) -> Framework:
    """Read a framework from YAML; raise BadInputError naming the line, or listing all that is malformed."""
    if len(text) > MOST_CHARACTERS:
        raise BadInputError(
            "framework-yaml-too-long",
            f"ไฟล์ YAML ยาว {len(text):,} ตัวอักษร ระบบรับได้ไม่เกิน {MOST_CHARACTERS:,}",
            f"The YAML file has {len(text):,} characters; the limit is {MOST_CHARACTERS:,}.",
            next_th="ตรวจว่าเป็นไฟล์กรอบ หรือแบ่งเป็นหลายกรอบ",
            next_en="Check that it is a framework, or make several of it.",
        )
    try:
        raw = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a subclass of SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark is not None else ""
        raise BadInputError(
            "framework-yaml-unreadable",
            "อ่านไฟล์ YAML ไม่ได้" + (f" ที่บรรทัด {mark.line + 1}" if mark is not None else ""),
            f"The YAML file cannot be read: {getattr(error, 'problem', None) or error}",
            next_th="ตรวจการย่อหน้า เครื่องหมายคำพูด และชื่อที่ซ้ำกันในบรรทัดนั้น แล้วนำเข้าอีกครั้ง",
            next_en="Check indentation, quotes and repeated names on that line, then import again.",
            place=place,
        ) from error
    return from_dict(raw)
