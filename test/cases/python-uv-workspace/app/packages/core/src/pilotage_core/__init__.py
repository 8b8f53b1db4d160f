from datetime import date

from babel.dates import format_date


def next_pilot(day: date) -> str:
    return f"The pilot boards on {format_date(day, locale='en')}"
