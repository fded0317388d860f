"""Accounts for looking around: which ones, and the file that keeps their passwords on this machine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings

from sanyan.apps.accounts.models import Role
from sanyan.apps.organisations import queries as organisations

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
REGION, AREA = "R12", "4001"


@dataclass(frozen=True)
class DemoAccount:
    """A practice account; `organisation_code` is empty for a role over everything."""

    username: str
    password: str
    role: str
    display_name: str
    organisation_code: str

    def with_new_password(self) -> DemoAccount:
        """The same account with a password nobody has seen: 12 letters of 31, about 59 bits."""
        parts = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)]
        return replace(self, password="-".join(parts))


def planned(*, on: date) -> tuple[DemoAccount, ...]:
    """The accounts to make, without passwords: those whose organisation is in the registry."""
    schools = organisations.schools(on=on)
    wanted = [
        ("demo.executive", Role.EXECUTIVE, "ผู้บริหาร สพฐ. (ทดลองใช้)", ""),
        ("demo.officer", Role.ME_OFFICER, "เจ้าหน้าที่ สตผ. (ทดลองใช้)", ""),
        ("demo.region", Role.REGION_DIRECTOR, "ผอ.เขตตรวจราชการที่ 12 (ทดลองใช้)", REGION),
        ("demo.area", Role.AREA_OFFICER, "เจ้าหน้าที่ สพป.ขอนแก่น เขต 1 (ทดลองใช้)", AREA),
        ("demo.director", Role.AREA_DIRECTOR, "ผอ.สพป.ขอนแก่น เขต 1 (ทดลองใช้)", AREA),
        ("demo.reviewer", Role.REVIEWER, "กรรมการประเมิน เขตตรวจราชการที่ 12 (ทดลองใช้)", REGION),
    ]
    if schools:
        wanted.append(("demo.school", Role.SCHOOL_STAFF, "ครูโรงเรียน (ทดลองใช้)", schools[0].code))
    known = organisations.by_code(codes={code for *_, code in wanted if code}, on=on)
    return tuple(
        DemoAccount(username, "", role.value, name, code)
        for username, role, name, code in wanted
        if not code or code in known
    )


def read() -> tuple[DemoAccount, ...]:
    """The accounts kept on this machine; none where no file is."""
    if not _path().exists():
        return ()
    rows = [line.split("\t") for line in _path().read_text(encoding="utf-8").splitlines()]
    return tuple(DemoAccount(*row) for row in rows if len(row) == 5)


def write(accounts: Iterable[DemoAccount]) -> None:
    """Keep the accounts where only the owner of the installation can read them."""
    rows = ["\t".join((a.username, a.password, a.role, a.display_name, a.organisation_code)) for a in accounts]
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    path.chmod(0o600)


def _path() -> Path:
    return Path(settings.HOME) / "demo_accounts.txt"
