# /// snippet
# lab = "namespace"
# proves = "A disk image is a container for sectors: a raw disk and a qcow2 file of a fraction of its size hold the same ones."
# values = { raw = 'raw file: (\d+)', qcow2 = 'qcow2 file: (\d+)' }
# holds = ["qcow2 * 100 < raw"]
# ///
from struct import pack, unpack_from

CLUSTER = 65536
COPIED = 1 << 63  # the flag of a cluster that nothing else shares
disk = bytearray(64 * 2**20)
disk[10 * CLUSTER : 10 * CLUSTER + 6] = b"boot!\n"
disk[900 * CLUSTER : 900 * CLUSTER + 6] = b"files\n"

used = [n for n in range(len(disk) // CLUSTER) if any(disk[n * CLUSTER : (n + 1) * CLUSTER])]
place = {n: (5 + k) * CLUSTER | COPIED for k, n in enumerate(used)}
header = pack(">4sIQIIQIIQQIIQ", b"QFI\xfb", 2, 0, 0, 16, len(disk), 0, 1, CLUSTER, 2 * CLUSTER, 1, 0, 0)
first_table = pack(">Q", 4 * CLUSTER | COPIED)
counts_table = pack(">Q", 3 * CLUSTER)
counts = pack(">H", 1) * (5 + len(used))
second_table = b"".join(pack(">Q", place.get(n, 0)) for n in range(len(disk) // CLUSTER))

parts = [header, first_table, counts_table, counts, second_table]
parts += [disk[n * CLUSTER : (n + 1) * CLUSTER] for n in used]
image = b"".join(part.ljust(CLUSTER, b"\0") for part in parts)
open("disk.raw", "wb").write(disk)
open("disk.qcow2", "wb").write(image)


def read(image: bytes, cluster: int) -> bytes:
    """What the guest sees there: through both tables, or zeros."""
    (first,) = unpack_from(">Q", image, unpack_from(">Q", image, 40)[0])
    (second,) = unpack_from(">Q", image, (first & ~COPIED) + 8 * cluster)
    start = second & ~COPIED
    return image[start : start + CLUSTER] if start else bytes(CLUSTER)


print("magic number:", image[:4])
print("raw file:", len(disk), "bytes")
print("qcow2 file:", len(image), "bytes,", len(used), "of", len(disk) // CLUSTER, "clusters")
same = all(read(image, n) == disk[n * CLUSTER : (n + 1) * CLUSTER] for n in range(len(disk) // CLUSTER))
print("same sectors:", same)
