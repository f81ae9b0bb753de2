"""What a terminal would make of a program's output."""


def resolve_carriage_returns(output: bytes) -> bytes:
    r"""Each line as a terminal shows it last: what follows a ``\r`` overwrites the line."""
    if b"\r" not in output:
        return output
    return b"\n".join(map(_settled, output.split(b"\n")))


def _settled(line: bytes) -> bytes:
    shown = ""
    for part in line.decode("utf-8", "surrogateescape").split("\r"):
        shown = part + shown[len(part) :]
    return shown.encode("utf-8", "surrogateescape")
