"""What goes wrong between this server and language machinery elsewhere."""

from __future__ import annotations

from sanyan.core.errors import SanyanError


class LanguageEngineError(SanyanError):
    """Language machinery gave no usable answer: not reachable, not in time, refused, or not of the promised shape.

    What a caller does without it (search by words alone, a text to be read by a person) is the caller's to say.
    """

    exit_code = 6
