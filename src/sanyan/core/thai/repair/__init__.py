"""Damaged Thai put right, with every change traceable to the text as it was given."""

from __future__ import annotations

from sanyan.core.thai.repair.repairing import repair
from sanyan.core.thai.repair.values import Damage, Edit, Repaired

__all__ = ["Damage", "Edit", "Repaired", "repair"]
