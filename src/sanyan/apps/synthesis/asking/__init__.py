"""Answers to questions: each kind of question has its own short way from what was understood to figures and texts."""
