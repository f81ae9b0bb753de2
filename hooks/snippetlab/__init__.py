"""Snippetlab: run a documentation site's snippets in a lab and show what they printed.

The words (snippet, step, transcript, recording, lab) and the one-way path between the
modules are described on the site's page "How this site works" and in MAINTAINING.md.
"""

__version__ = "0.1.0"
