"""Making and loading the practice year."""

from sanyan.apps.practice.actions.loading import PracticePlan, load_practice, prepare, simulate

__all__ = ["PracticePlan", "load_practice", "prepare", "simulate"]
