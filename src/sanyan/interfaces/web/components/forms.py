from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each sort, for the page that shows them."""

    schools = forms.IntegerField(label=_("โรงเรียนที่ดำเนินการครบ"), help_text=_("นับถึงวันสุดท้ายของรอบ"), min_value=0)
    state = forms.ChoiceField(
        label=_("สถานะของคำตอบ"),
        choices=[("reported", _("รายงานแล้ว")), ("not_available", _("ยังไม่มีข้อมูล"))],
    )
    problem = forms.CharField(label=_("ปัญหาอุปสรรค"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    handling = forms.ChoiceField(
        label=_("จัดการอย่างไร"),
        widget=forms.RadioSelect,
        choices=[("explained", _("อธิบายแล้ว")), ("fixed", _("แก้ไขแล้ว"))],
    )
    agreed = forms.BooleanField(label=_("ตรวจครบทุกข้อแล้ว"))
