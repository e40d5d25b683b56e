"""How values were put in words and figures: dates, ages, ethnic groups, offices, and their forms for the import."""

from __future__ import annotations

from sample_scans.draw.people import Date

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
MONTHS = ("", "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")

ETHNIC_THEN = {
    "old": {"Ê Đê": "Ê-đê", "Khơ Me": "Khơ-me", "Mông": "Mèo", "Cơ Ho": "Cơ-ho"},
    "middle": {"Ê Đê": "Ê-đê", "Khơ Me": "Khơ-me", "Mông": "HMông", "Cơ Ho": "Cơ-ho"},
    "new": {"Khơ Me": "Khơ Me"},
}
"""Names of the peoples as clerks wrote them in the books of a time; the others stand as they are."""


def full_date(day: Date) -> str:
    """`05.03.1984`, the form of the import."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def written_date(day: Date, style: str) -> str:
    """A date in a writer's way; `style` is one of slash, padded, dash, dot, short, words."""
    return {
        "slash": f"{day.day}/{day.month}/{day.year}",
        "padded": f"{day.day:02}/{day.month:02}/{day.year}",
        "dash": f"{day.day}-{day.month}-{day.year}",
        "dot": f"{day.day}.{day.month}.{day.year}",
        "short": f"{day.day}/{day.month}/{day.year % 100:02}",
        "long": f"Ngày {day.day:02} tháng {day.month:02} năm {day.year}",
    }[style]


def date_in_words(day: Date) -> str:
    """`Ngày năm tháng ba năm một nghìn chín trăm tám mươi tư`."""
    return f"Ngày {_two(day.day)} tháng {MONTHS[day.month]} năm {_year(day.year)}"


def _two(number: int) -> str:
    tens, units = divmod(number, 10)
    if tens == 0:
        return UNITS[units]
    head = "mười" if tens == 1 else f"{UNITS[tens]} mươi"
    if units == 0:
        return head
    tail = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(units, UNITS[units])
    return f"{head} {tail}"


def _year(year: int) -> str:
    thousands, rest = divmod(year, 1000)
    hundreds, two = divmod(rest, 100)
    words = f"{UNITS[thousands]} nghìn {UNITS[hundreds]} trăm"
    if two == 0:
        return words
    return f"{words} linh {UNITS[two]}" if two < 10 else f"{words} {_two(two)}"


def clock(time: str) -> str:
    """`7 giờ 05 phút` as `07:05`."""
    hour, minute = time.replace(" giờ", "").replace(" phút", "").split()
    return f"{int(hour):02}:{int(minute):02}"


def numbered(number: str, year: int) -> str:
    """`NN/YYYY`."""
    return f"{int(number):02}/{year}"
