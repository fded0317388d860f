"""Sanyan: monitoring, evaluation and early warning for an education system."""
