"""`sanyan signals`: look over a round, pass unanswered signals on, and tell how often warnings came true."""

from __future__ import annotations

import dataclasses
import json

import click
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals import actions, queries
from sanyan.apps.signals.actions import WatchedRound
from sanyan.apps.signals.queries import PrecisionRow
from sanyan.core.errors import BadInputError, NotFoundError
from sanyan.core.rounds import RoundKey
from sanyan.core.warning.levels import LEVELS


@click.group()
def signals() -> None:
    """สัญญาณเตือน / Early-warning signals."""


@signals.command()
@click.option(
    "--round", "key", default="", help="รอบ เช่น 2568-09 / Which round, such as 2568-09 (default: the current)."
)
@click.option("--framework", "code", default="", help="รหัสกรอบ / Which framework, by code (default: any).")
@click.option("--json", "as_json", is_flag=True, help="ผลเป็น JSON / Tell the result as JSON.")
def look(key: str, code: str, as_json: bool) -> None:
    """ดูสัญญาณของรอบ / Look over a round: hold earlier warnings against it, raise what is new, clear what is gone."""
    told = []
    for info in _rounds(key, code):
        now = timezone.now()
        settled = actions.verify_signals(by=SYSTEM, round_id=info.id, now=now)
        outcome = actions.raise_signals(by=SYSTEM, round_id=info.id, now=now)
        told.append(_as_dict(info, settled, outcome))
        if not as_json:
            _tell(info, settled, outcome)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))


@signals.command()
@click.option("--json", "as_json", is_flag=True, help="ผลเป็น JSON / Tell the result as JSON.")
def escalate(as_json: bool) -> None:
    """แจ้งต่อสัญญาณที่เลยกำหนดตอบ / Pass on every signal whose answer is overdue."""
    passed_on = actions.escalate_overdue(by=SYSTEM, now=timezone.now())
    if as_json:
        click.echo(json.dumps({"passed_on": passed_on}))
    else:
        click.echo(f"แจ้งต่อแล้ว {passed_on} สัญญาณ / signals passed on")


@signals.command()
@click.option("--practice", is_flag=True, help="ของข้อมูลฝึกหัด / Of practice data.")
@click.option("--json", "as_json", is_flag=True, help="ผลเป็น JSON / Tell the result as JSON.")
def precision(practice: bool, as_json: bool) -> None:
    """เตือนแม่นแค่ไหน / How often warnings came true, by rule and level of probability."""
    held = queries.precision(viewer=SYSTEM, is_practice=practice)
    if as_json:
        rows = [_row(row) for row in held.rows]
        click.echo(json.dumps({"settled": held.settled, "brier": held.brier, "rows": rows}, ensure_ascii=False))
        return
    click.echo(f"วัดผลได้แล้ว {held.settled:,} ครั้ง / warnings that can be told")
    for row in held.rows:
        share = f"{row.share.estimate:.0%} ({row.share.low:.0%}-{row.share.high:.0%})" if row.share else "–"
        said = f"{row.expected:.0%}" if row.expected is not None else "–"
        click.echo(
            f"  {row.rule_code} {LEVELS[row.level][1].en}: เตือน/warned {row.said:,}  วัดได้/settled {row.settled:,}  "
            f"จริง/came {share}  บอกไว้/said {said}"
        )


def _rounds(key: str, code: str) -> list[RoundInfo]:
    """The rounds that were named, of every kind; without a name the one people work on."""
    held = frameworks.rounds(viewer=SYSTEM, framework_code=code)
    if key:
        wanted = _key(key)
        found = [info for info in held if info.key == wanted]
    else:
        current = frameworks.current_round(viewer=SYSTEM, today=timezone.localdate())
        begun = [info for info in held if info.state != "planned"]
        found = [info for info in begun if current is not None and info.id == current.id] or begun[:1]
    if not found:
        raise NotFoundError(f"round {key} {code}".strip())
    return found


def _key(text: str) -> RoundKey:
    try:
        return RoundKey.parse(text)
    except ValueError as error:
        raise BadInputError(
            "round-key",
            f"“{text}” ไม่ใช่ชื่อรอบ",
            f"“{text}” does not name a round.",
            next_th="เขียนปีงบประมาณและเดือน เช่น 2568-09",
            next_en="Write the fiscal year (B.E.) and the month, such as 2568-09.",
            place="--round",
        ) from error


def _as_dict(info: RoundInfo, settled: int, outcome: WatchedRound) -> dict[str, object]:
    which = {"framework": info.framework_code, "round": str(info.key), "practice": info.is_practice}
    return {**which, "settled": settled, **dataclasses.asdict(outcome)}


def _tell(info: RoundInfo, settled: int, outcome: WatchedRound) -> None:
    practice = " (ฝึกหัด/practice)" if info.is_practice else ""
    click.echo(f"{info.framework_code} {info.key}{practice}")
    click.echo(
        f"  พบ {outcome.found:,} ใหม่ {outcome.new} กลับมา {outcome.again} ปรับปรุง {outcome.updated} "
        f"เกินงบ {outcome.beyond} ปิดให้ {outcome.cleared} วัดผล {settled}"
    )
    click.echo(
        f"  found {outcome.found:,}, new {outcome.new}, back again {outcome.again}, brought up to date "
        f"{outcome.updated}, beyond the budget {outcome.beyond}, cleared {outcome.cleared}, settled {settled}"
    )


def _row(row: PrecisionRow) -> dict[str, object]:
    useful = row.useful
    return {
        "rule": row.rule_code,
        "level": row.level,
        "said": row.said,
        "settled": row.settled,
        "came": row.came,
        "share": dataclasses.asdict(row.share) if row.share else None,
        "expected": row.expected,
        "lead_months": row.lead,
        "outcomes": row.outcomes,
        "useful": dataclasses.asdict(useful) if useful else None,
    }
