"""Write and count days as people do."""

from calendar import monthrange
from datetime import date

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_words(day: date, today: date | None = None) -> str:
    """Return a date as people write it, such as 3 March; the year only where it is not that of `today`."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if today is not None and day.year == today.year else f"{text} {day.year}"


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_living_memory(day: date) -> bool:
    """Tell whether a day lies in this century, as every date of a programme does: another year is a slip of the keyboard."""
    return 2000 <= day.year < 2100
