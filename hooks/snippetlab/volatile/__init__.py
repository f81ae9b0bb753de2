"""Comparison of transcripts by consistent renaming, and recording again by the same rules."""

from snippetlab.kinds import Kind, Volatile, parse_volatile
from snippetlab.volatile.compare import Comparison, compare
from snippetlab.volatile.lines import Token, tokens
from snippetlab.volatile.merge import merge
from snippetlab.volatile.renaming import Fault

__all__ = ["Comparison", "Fault", "Kind", "Token", "Volatile", "compare", "merge"]
__all__ += ["parse_volatile", "tokens"]
