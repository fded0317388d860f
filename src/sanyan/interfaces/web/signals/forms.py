"""What can be done with a signal, a small form each: seen, acted on, handed over, closed, opened again."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from sanyan.apps.signals.queries import SignalPerson
from sanyan.interfaces.web import formats

LONGEST = 4_000
OUTCOMES = (
    ("helped", _("ช่วยได้ สิ่งที่ทำทำให้เรื่องดีขึ้น")),
    ("did_not_help", _("ยังไม่ช่วย ทำแล้วแต่ยังไม่ดีขึ้น")),
    ("false_alarm", _("เตือนผิด ไม่มีเรื่องให้ห่วงจริง")),
    ("explained", _("อธิบายแล้ว มีเหตุที่เข้าใจได้ ไม่ต้องทำอะไรเพิ่ม")),
)


BAD_DAY = {"invalid": _("โปรดเลือกวันจากปฏิทิน")}
TOO_LONG = _("ข้อความยาวเกินไป โปรดเขียนให้สั้นลง")


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4})


class ActForm(forms.Form):
    """What is being done, and by when it should show."""

    response = forms.CharField(
        label=_("สิ่งที่ทำหรือกำลังทำ"),
        help_text=_("ทำอะไร กับใคร เริ่มเมื่อไร"),
        widget=_lines(),
        max_length=LONGEST,
        error_messages={"required": _("โปรดเขียนสั้น ๆ ว่าทำอะไร เพื่อให้ผู้อื่นช่วยต่อได้"), "max_length": TOO_LONG},
    )
    due_on = forms.DateField(
        label=_("ควรเห็นผลภายใน"),
        help_text=_("เว้นว่างไว้ได้ ถ้ายังใช้กำหนดเดิม"),
        required=False,
        widget=_calendar(),
        error_messages=BAD_DAY,
    )


class AssignForm(forms.Form):
    """Who takes care of it, and by when an answer is due."""

    owner = forms.ChoiceField(
        label=_("ผู้รับผิดชอบ"),
        error_messages={"required": _("โปรดเลือกชื่อจากรายการ"), "invalid_choice": _("โปรดเลือกชื่อจากรายการ")},
    )
    due_on = forms.DateField(
        label=_("กำหนดตอบ"),
        help_text=_("เว้นว่างไว้ได้ ถ้ายังใช้กำหนดเดิม"),
        required=False,
        widget=_calendar(),
        error_messages=BAD_DAY,
    )

    def __init__(self, *args: object, people: Sequence[SignalPerson], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        thai = formats.in_thai()
        owner.choices = [
            (str(person.user_id), f"{person.name} · {person.role_th if thai else person.role_en}") for person in people
        ]


class CloseForm(forms.Form):
    """How it ended, in words that the next reader can learn from."""

    outcome = forms.ChoiceField(
        label=_("เรื่องนี้จบอย่างไร"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("โปรดเลือกหนึ่งข้อ"), "invalid_choice": _("โปรดเลือกหนึ่งข้อ")},
    )
    explanation = forms.CharField(
        label=_("คำอธิบาย"),
        help_text=_("พบอะไร และรู้ได้อย่างไร"),
        widget=_lines(),
        max_length=LONGEST,
        error_messages={"required": _("โปรดเขียนคำอธิบายสั้น ๆ เพื่อให้ผู้อื่นตรวจตามได้"), "max_length": TOO_LONG},
    )


class ReopenForm(forms.Form):
    """Why a closed signal is opened again."""

    reason = forms.CharField(
        label=_("เหตุที่เปิดอีกครั้ง"),
        widget=_lines(),
        max_length=LONGEST,
        error_messages={"required": _("โปรดเขียนเหตุผลสั้น ๆ"), "max_length": TOO_LONG},
    )
