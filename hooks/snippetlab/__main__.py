"""`python -m snippetlab` is `snippetlab`."""

import sys

try:
    from snippetlab.cli import main

    status = main()
except KeyboardInterrupt:  # while it was still being loaded
    status = 130
sys.exit(status)
