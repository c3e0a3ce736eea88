"""What becomes of a made-up ticket: its log as people would have written it, without the automatic events.

Pure and drawn from a seeded die, so that a world is the same whenever it is made.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

THINGS = ("Rack server", "Storage array", "Access switch", "Firewall", "UPS", "Batteries", "Room system", "Scanner")
FAULTS = (
    "does not start", "restarts by itself", "reports a failed disk", "is very slow since this morning",
    "shows a red light", "cannot be reached", "loses packets", "beeps every minute", "is hot and loud",
)  # fmt: skip
CHINESE = ("服务器无法启动", "存储阵列报错", "交换机端口不通", "电池温度过高", "打印机不工作", "会议系统没有声音")
THAI = ("เซิร์ฟเวอร์ไม่ทำงาน", "เครื่องสำรองไฟร้องเตือน", "เครือข่ายช้ามาก", "พิมพ์เอกสารไม่ได้")
DETAILS = (
    "It began after the power cut last night. Nobody has touched the machine since.",
    "Two of our people have tried a restart; it came back for an hour and then failed again.",
    "The panel shows code E-204. We need this before the end of the month.",
    "Please call before you come, the hall is locked at night.",
)
ANSWERS = (
    "We have received your report and are looking into it.",
    "Could you send us a photo of the front panel, please?",
    "An engineer will be with you; please have the access card ready.",
    "The part has been replaced and everything runs again.",
)


@dataclass(frozen=True)
class Step:
    type: str
    at: datetime
    text: str = ""
    is_customer: bool = False
    data: dict[str, Any] | None = None


def title(rng: random.Random) -> tuple[str, str]:
    """Words and their language: seven of ten in English."""
    draw = rng.random()
    if draw < 0.7:
        return f"{rng.choice(THINGS)} {rng.choice(FAULTS)}", "en"
    return (rng.choice(CHINESE), "zh-Hans") if draw < 0.9 else (rng.choice(THAI), "th")


def closed(rng: random.Random, received_at: datetime) -> list[Step]:
    """From the report to the end, within some days."""
    return list(_work(rng, received_at, until=None))


def open_(rng: random.Random, received_at: datetime, now: datetime) -> list[Step]:
    """As closed, but only what lies before `now`, and never its end. After a day most wait for the customer's word."""
    is_old = now - received_at > timedelta(days=1)
    ends = {"closed"} if rng.random() < (0.97 if is_old else 0.15) else {"restored", "resolved", "closed"}
    return [step for step in _work(rng, received_at, until=now) if step.type not in ends]


def _work(rng: random.Random, at: datetime, until: datetime | None) -> Iterator[Step]:
    for minutes, type_, text, is_customer in _plan(rng):
        at = at + timedelta(minutes=minutes * rng.uniform(0.3, 1.5))
        if until is not None and at >= until:
            return
        yield Step(type_, at, text, is_customer)


def _plan(rng: random.Random) -> Iterator[tuple[float, str, str, bool]]:
    yield 2, "assigned", "", False
    yield 6, "replied", ANSWERS[0], False
    yield 0.1, "responded", "", False
    if rng.random() < 0.6:
        yield 20, "noted", rng.choice(DETAILS), False
    if rng.random() < 0.4:
        yield 15, "replied", ANSWERS[1], False
        yield 0.1, "waiting", "", False
        yield 200, "replied", rng.choice(DETAILS), True
        yield 0.1, "resumed", "", False
    yield 30, "diagnosed", "", False
    if rng.random() < 0.6:
        yield 40, "departed", "", False
        yield 60, "arrived", "", False
    yield 120, "replied", ANSWERS[2], False
    yield 90, "restored", "", False
    yield 60, "replied", ANSWERS[3], False
    yield 5, "resolved", "", False
    yield 1500, "closed", "", False
