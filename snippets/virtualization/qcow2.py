# /// snippet
# lab = "namespace"
# timeout = 60
# proves = { ko = "디스크 이미지는 섹터를 담는 그릇이다. 원시 디스크와, 크기가 몇 분의 일인 qcow2 파일에 같은 섹터가 들어 있다.", en = "A disk image is a container for sectors: a raw disk and a qcow2 file of a fraction of its size hold the same ones." }
# values = { raw = 'raw file: (\d+)', qcow2 = 'qcow2 file: (\d+)' }
# limits = { disk = "100MB" }
# holds = ["qcow2 * 100 < raw"]
# ///
from struct import pack, unpack_from

CLUSTER = 65536
ONLY_HERE = 1 << 63  # the format's flag for what no snapshot shares
disk = [bytes(CLUSTER)] * 1024
disk[10] = b"boot!\n".ljust(CLUSTER, b"\0")
disk[900] = b"files\n".ljust(CLUSTER, b"\0")
used = [n for n, sectors in enumerate(disk) if any(sectors)]

# Clusters 0 to 4: header, first table, two for counts, second table.
numbers = (2, 0, 0, 16, 1024 * CLUSTER, 0, 1, CLUSTER, 2 * CLUSTER, 1, 0, 0)
header = pack(">4sIQIIQIIQQIIQ", b"QFI\xfb", *numbers)
first_table = pack(">Q", 4 * CLUSTER | ONLY_HERE)
counts = [pack(">Q", 3 * CLUSTER), pack(">H", 1) * (5 + len(used))]
entries = [0] * 1024
for place, n in enumerate(used, 5):
    entries[n] = place * CLUSTER | ONLY_HERE
second_table = pack(">1024Q", *entries)

parts = [header, first_table, *counts, second_table]
parts += [disk[n] for n in used]
qcow2 = b"".join(part.ljust(CLUSTER, b"\0") for part in parts)
raw = b"".join(disk)
open("disk.qcow2", "wb").write(qcow2)
open("disk.raw", "wb").write(raw)


def read(n: int) -> bytes:
    """What a guest sees there: through both tables, or zeros."""
    (first_table,) = unpack_from(">Q", qcow2, 40)
    (entry,) = unpack_from(">Q", qcow2, first_table)
    second_table = entry & ~ONLY_HERE
    (entry,) = unpack_from(">Q", qcow2, second_table + 8 * n)
    start = entry & ~ONLY_HERE
    return qcow2[start : start + CLUSTER] if start else bytes(CLUSTER)


print("magic number:", qcow2[:4])
print("raw file:", len(raw), "bytes")
print("qcow2 file:", len(qcow2), "bytes")
print("clusters:", len(used), "of", len(disk))
print("same sectors:", all(read(n) == disk[n] for n in range(1024)))
