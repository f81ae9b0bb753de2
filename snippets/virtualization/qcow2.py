# /// snippet
# lab = "namespace"
# timeout = 60
# proves = { ko = "디스크 이미지는 섹터를 담는 그릇이다. 원시 디스크와, 크기가 몇 분의 일인 qcow2 파일에 같은 섹터가 들어 있다.", en = "A disk image is a container for sectors: a raw disk and a qcow2 file of a fraction of its size hold the same ones." }
# values = { raw = 'raw file: (\d+)', qcow2 = 'qcow2 file: (\d+)' }
# limits = { disk = "100MB" }
# holds = ["qcow2 * 100 < raw"]
# browser = { ko = "그 머신의 메모리 128MB로는 모자라서 커널이 프로그램을 죽인다", en = "the 128 MB of memory in its machine are too little, and the kernel kills the program" }
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
open("disk.qcow2", "wb").write(b"".join(part.ljust(CLUSTER, b"\0") for part in parts))
open("disk.raw", "wb").write(b"".join(disk))

# What follows knows the two files, and nothing else.
raw, qcow2 = (open(name, "rb").read() for name in ("disk.raw", "disk.qcow2"))
(first_table,) = unpack_from(">Q", qcow2, 40)
(entry,) = unpack_from(">Q", qcow2, first_table)
entries = unpack_from(">1024Q", qcow2, entry & ~ONLY_HERE)
starts = [entry & ~ONLY_HERE for entry in entries]


def read(n: int) -> bytes:
    """What a guest sees there: the cluster that the tables name, or zeros."""
    return qcow2[starts[n] : starts[n] + CLUSTER] if starts[n] else bytes(CLUSTER)


same = all(read(n) == raw[n * CLUSTER : (n + 1) * CLUSTER] for n in range(len(starts)))
print("magic number:", qcow2[:4])
print("raw file:", len(raw), "bytes")
print("qcow2 file:", len(qcow2), "bytes")
print("clusters:", sum(map(bool, starts)), "of", len(starts))
print("same sectors:", same)
