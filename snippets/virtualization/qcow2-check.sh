# /// snippet
# lab = "machine"
# proves = { ko = "qemu-img는 손으로 쓴 qcow2 파일에서 잘못을 찾지 못하고, raw 디스크와 같은 섹터를 읽는다.", en = "qemu-img finds no fault in a qcow2 file written by hand, and reads the same sectors as in the raw disk." }
# files = ["qcow2.py"]
# timeout = 120
# ///
python3 qcow2.py
qemu-img check disk.qcow2
qemu-img compare -f raw -F qcow2 disk.raw disk.qcow2
