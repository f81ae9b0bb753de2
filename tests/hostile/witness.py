"""How the host sees whether an attack got through; it never asks the snippet.

Each witness sets up what is to be attacked, watches while the snippet runs, and then says.
"""

from tests.hostile import bait, kernel, own, use

WITNESSES = {
    "abstract": bait.abstract,
    "address": bait.address,
    "aio": kernel.aio,
    "cgroup": own.cgroup,
    "datagram": bait.datagram,
    "descriptors": use.descriptors,
    "device": own.device,
    "environment": bait.environment,
    "file": bait.file,
    "fuse": own.fuse,
    "image": own.image,
    "inodes": use.inodes,
    "inside": bait.inside,
    "kernel": kernel.kernel,
    "keyring": bait.keyring,
    "left": own.left,
    "loopback": bait.loopback,
    "memory": use.memory,
    "metadata": bait.metadata,
    "mounts": own.mounts,
    "network": kernel.network,
    "networks": kernel.networks,
    "output": use.output,
    "overtime": use.overtime,
    "process": bait.process,
    "processes": use.processes,
    "protocols": kernel.protocols,
    "room": kernel.room,
    "secret": bait.secret,
    "signal": bait.killed,
    "socket": bait.unix,
    "survivor": use.survivor,
    "sysctl": own.sysctl,
    "sysfs": own.sysfs,
}
ONLY_ONE = {"aio", "cgroup", "kernel", "metadata", "network", "room", "sysctl", "sysfs"}
"""Those that watch, or change, what this machine has but once."""
