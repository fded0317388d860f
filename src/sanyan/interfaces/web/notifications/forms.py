from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

CADENCES = {
    "never": _("ไม่รับทางอีเมล"),
    "at_once": _("ทันทีที่มีเรื่อง"),
    "daily": _("สรุปทุกเช้า"),
    "weekly": _("สรุปทุกเช้าวันจันทร์"),
}
MINIMA = {
    "low": _("ทุกเรื่อง"),
    "medium": _("เรื่องที่ควรดูและเร่งดู"),
    "high": _("เฉพาะเรื่องที่เร่งดู"),
}


class SubscriptionForm(forms.Form):
    """What a person hears of one topic, and how."""

    minimum = forms.ChoiceField(label=_("รับเรื่องใด"), choices=tuple(MINIMA.items()), widget=forms.RadioSelect)
    in_app = forms.BooleanField(label=_("แสดงในระบบ ที่รูปกระดิ่ง"), required=False)
    email = forms.ChoiceField(
        label=_("ทางอีเมล"),
        help_text=_("สรุปส่งตอนเจ็ดโมงเช้า"),
        choices=tuple(CADENCES.items()),
        widget=forms.RadioSelect,
    )
