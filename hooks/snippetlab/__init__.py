"""Snippetlab: run a documentation site's snippets in a lab and show what they printed.

A snippet is a file below snippets/, and its commands are steps. A lab runs it, which gives a
transcript; kept beside the snippet, that is its recording. Pages name snippets in fences, and show
their recordings.
"""

__version__ = "0.1.0"
