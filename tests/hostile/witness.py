"""How the host sees whether an attack got through; it never asks the snippet.

Each witness sets up what is to be attacked, watches while the snippet runs, and then says.
"""

from tests.hostile import bait, use

WITNESSES = {
    "abstract": bait.abstract,
    "address": bait.address,
    "datagram": bait.datagram,
    "descriptors": use.descriptors,
    "environment": bait.environment,
    "file": bait.file,
    "inodes": use.inodes,
    "keyring": bait.keyring,
    "loopback": bait.loopback,
    "memory": use.memory,
    "output": use.output,
    "overtime": use.overtime,
    "process": bait.process,
    "processes": use.processes,
    "secret": bait.secret,
    "signal": bait.killed,
    "socket": bait.unix,
    "survivor": use.survivor,
}
