"""Values that measure: numbers with a unit, and how much they are in its base unit."""

import operator
import re

_BINARY = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40, "P": 2**50, "E": 2**60}
_DECIMAL = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_SECONDS |= {"nanosecond": 1e-9, "microsecond": 1e-6, "millisecond": 1e-3, "second": 1, "sec": 1}
_SECONDS |= {"minute": 60, "min": 60, "hour": 3600, "day": 86400, "week": 604800}
_SECONDS |= {"month": 30 * 86400, "year": 365 * 86400}

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:(?:nano|micro|milli)?second|sec|minute|min|hour|day|week|month|year)s?"
_SHORT = r"\d+(?:\.\d+)?(?:ns|[uµμ]s|ms|s|m|h)"
_LONG = rf"{NUMBER} {_UNIT}(?:,? (?:and )?{NUMBER} {_UNIT})*(?: ago)?"
_VAGUE = rf"(?:About|Almost|Less than|Over) an? {_UNIT}(?: ago)?"  # as Docker prints them
DURATION = rf"(?:(?:{_SHORT})+|{_LONG}|{_VAGUE})"
SIZE = rf"(?:{NUMBER}(?: ?(?:[kKMGTPE]i?)?B| ?[Bb]ytes?|[KMGTPE]i?))"


def unmeasured(_: str) -> float | None:
    """Of what has no measure."""
    return None


def number(text: str) -> float | None:
    """One without a unit; None where it is none, here and below."""
    return float(text.replace(",", "")) if re.fullmatch(f"-?{NUMBER}", text) else None


def percentage(text: str) -> float | None:
    """Percent."""
    return number(text.removesuffix("%").rstrip())


def size(text: str) -> float | None:
    """Bytes. As in `du -h` and `ls -h`, a letter without B (`4.0K`) is a power of 1024."""
    if not re.fullmatch(SIZE, text) or not (found := re.match(NUMBER, text)):
        return None
    unit = text[found.end() :].strip()
    scale = _DECIMAL if re.fullmatch("[kKMGTPE]B", unit) else _BINARY
    return float(found[0].replace(",", "")) * scale.get(unit[:1].replace("k", "K"), 1)


def duration(text: str) -> float | None:
    """Seconds. "Less than a second" is 0: it must not break a bound of one second."""
    if not re.fullmatch(DURATION, text):
        return None
    parts = re.findall(rf"({NUMBER}|\ban?\b) ?([a-zµμ]+)", text)
    units = [_SECONDS.get(unit) or _SECONDS[unit.removesuffix("s")] for _, unit in parts]
    if text.startswith("Less"):
        return 0.0
    counts = [number(count) or 0.0 if count[0] != "a" else 1.0 for count, _ in parts]
    return float(sum(map(operator.mul, counts, units)))


def measure(text: str) -> float | None:
    """A plain number, or one with a unit known here, in its base unit (seconds, bytes, percent)."""
    found = (parse(text) for parse in (number, percentage, size, duration))
    return next((value for value in found if value is not None), None)
