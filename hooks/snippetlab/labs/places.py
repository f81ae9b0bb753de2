"""Where a snippet is, in every lab. The stage has this file, too, but none that it could import."""

HOME = "/root"
STAGE = "/run/lab"
"""Where scripts lie, each in a directory of its own."""
