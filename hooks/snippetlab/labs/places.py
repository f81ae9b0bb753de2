"""Where a snippet is, in every lab. The stage has this file too, so it imports nothing."""

HOME = "/root"
STAGE = "/run/lab"
"""Where scripts lie, each in a directory of its own."""
