"""How many deadlines a second business time can compute on `5x8`; aim: over 200,000 whatever the length.

    python -m benchmarks.additions

Processor time of one core, so that a busy machine does not blur it. The engine counts in microseconds; conversion from
and to datetimes happens once per plan.
"""

from datetime import date, datetime, timedelta
from time import process_time

from common.calendars import CALENDARS, compile_calendar
from common.epoch import span_us, to_us
from sla.holidays import day_status

FIRST, LAST = date(2025, 10, 1), date(2028, 2, 1)
START = datetime.fromisoformat("2026-03-02T09:00+08:00")
ROUNDS = 300_000


def main() -> None:
    began = process_time()
    status = day_status("CN", FIRST, LAST)
    read = process_time()
    calendar = compile_calendar(CALENDARS["5x8"], "Asia/Shanghai", status, FIRST, LAST, None)
    print(f"holiday data {1000 * (read - began):.0f} ms, compile {1000 * (process_time() - read):.0f} ms", end=", ")
    print(f"{len(calendar.starts)} intervals")
    starts = [START + timedelta(seconds=97 * n) for n in range(ROUNDS)]
    numbers = [to_us(start) for start in starts]
    for hours in (4, 40, 400):
        length = timedelta(hours=hours)
        began = process_time()
        for start in starts:
            calendar.add(start, length)
        middle = process_time()
        for number in numbers:
            calendar.add_us(number, span_us(length))
        end = process_time()
        rates = ROUNDS / (middle - began), ROUNDS / (end - middle)
        print(f"{hours:>4} h: {rates[0]:>10,.0f} additions/s with datetimes, {rates[1]:>10,.0f} in microseconds")


if __name__ == "__main__":
    main()
