"""What a line of a fence was meant to be, where it is nearly an option."""

import re
from collections.abc import Sequence
from difflib import get_close_matches


def meant_option(text: str, options: Sequence[str]) -> str:
    """`name: value` where a line looks like an option written otherwise; nothing if not."""
    found = re.fullmatch(r"([\w-]+)(?:\s*[:=]\s*|\s+|$)(.*)", text)
    nearest = get_close_matches(found[1].lower(), options, n=1) if found else []
    if not (found and nearest):
        return ""
    if nearest[0] == "note":
        step, _, rest = re.sub(r"[\s:=]+", " ", found[2], count=1).partition(" ")
        return f"note {step or 'NAME'}: {rest or '…'}"
    return f"{nearest[0]}: {found[2] or '…'}"
