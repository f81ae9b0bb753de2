"""A difference in Markdown, folded below its name."""

import re


def folded(name: str, difference: str) -> str:
    """`name` is HTML. The fence is longer than any within."""
    longest = max(map(len, re.findall("`+", difference)), default=0)
    fence = "`" * max(3, 1 + longest)
    head = f"<details><summary>{name}</summary>"
    return f"{head}\n\n{fence}diff\n{difference}\n{fence}\n\n</details>"
