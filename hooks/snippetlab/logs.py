"""What is logged is printable: see say.py."""

import logging

from snippetlab.say import printable


class Printable(logging.Filter):
    """For a log's handlers: what is logged is printable, too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through, made printable."""
        record.msg, record.args = printable(record.getMessage()), None
        return True


def make_logs_printable(*names: str) -> None:
    """Of these loggers, with all below them."""
    for name in names:
        for handler in logging.getLogger(name).handlers:
            if not any(isinstance(found, Printable) for found in handler.filters):
                handler.addFilter(Printable())
