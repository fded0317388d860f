from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

ENDINGS = {
    "explained": _("ข้อมูลถูกต้อง อธิบายเหตุผล"),
    "fixed": _("พบว่าคลาดเคลื่อน แก้ไขแล้ว"),
    "dismissed": _("ไม่ต้องดำเนินการ"),
}


class HandlingForm(forms.Form):
    """How a finding ended, in words that the next reader can check."""

    state = forms.ChoiceField(
        label=_("ผลการตรวจดู"),
        widget=forms.RadioSelect,
        error_messages={"required": _("โปรดเลือกหนึ่งข้อ")},
    )
    explanation = forms.CharField(
        label=_("คำอธิบาย"),
        help_text=_("เขียนว่าตรวจกับเอกสารใด และพบว่าอย่างไร"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": _("โปรดเขียนคำอธิบายสั้น ๆ เพื่อให้ผู้อื่นตรวจตามได้")},
    )

    def __init__(self, *args: object, endings: tuple[str, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = self.fields["state"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [(code, ENDINGS[code]) for code in endings]
