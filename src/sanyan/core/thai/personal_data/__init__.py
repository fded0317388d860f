"""Personal data in a text: found by rules and lists of names, and masked."""

from sanyan.core.thai.personal_data.finding import Found, PersonalData, find_personal_data
from sanyan.core.thai.personal_data.masking import Masked, mask, together, within

__all__ = ["Found", "Masked", "PersonalData", "find_personal_data", "mask", "together", "within"]
