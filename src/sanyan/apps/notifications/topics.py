"""What can be subscribed to. A new topic is a line here; whoever notifies names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A subject that people may choose to hear of, in words for them."""

    code: str
    name_th: str
    name_en: str
    about_th: str
    about_en: str


TOPICS = {
    topic.code: topic
    for topic in (
        Topic(
            "signals",
            "สัญญาณเตือนล่วงหน้า",
            "Early-warning signals",
            "เมื่อมีสัญญาณใหม่ เมื่อมีผู้รับเรื่อง และเมื่อเลยเวลาที่ควรดำเนินการ ในหน่วยงานที่ท่านดูแล",
            "A new signal, a signal taken up, and one left too long, in the offices you look after",
        ),
    )
}
