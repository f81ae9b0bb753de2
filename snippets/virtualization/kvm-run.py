# /// snippet
# lab = "machine"
# proves = { ko = "프로세스가 파일 디스크립터로 KVM을 부린다. CPU는 게스트가 장치를 건드릴 때까지 돌고, 장치 일은 그 프로세스가 한다.", en = "A process drives KVM by file descriptors: the CPU runs the guest until it touches a device, and the process does the device's work." }
# values = { exits = 'exits: (\d+)' }
# timeout = 120
# ///
import ctypes
import fcntl
import mmap
import os
import struct
import subprocess

subprocess.run(["modprobe", "kvm-amd"], check=True)  # the lab's CPU is of that kind

guest = b""
for letter in b"hello\n":
    guest += bytes([0xB0, letter, 0xE6, 0x10])  # mov al, letter; out 0x10, al
guest += b"\xf4"  # hlt

kvm = os.open("/dev/kvm", os.O_RDWR)
vm = fcntl.ioctl(kvm, 0xAE01, 0)  # KVM_CREATE_VM
memory = mmap.mmap(-1, 4096)
memory[: len(guest)] = guest
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
region = struct.pack("<IIQQQ", 0, 0, 0, 4096, address)
fcntl.ioctl(vm, 0x4020AE46, region)  # KVM_SET_USER_MEMORY_REGION

vcpu = fcntl.ioctl(vm, 0xAE41, 0)  # KVM_CREATE_VCPU
run = mmap.mmap(vcpu, fcntl.ioctl(kvm, 0xAE04, 0))  # KVM_GET_VCPU_MMAP_SIZE
special = bytearray(312)
fcntl.ioctl(vcpu, 0x8138AE83, special)  # KVM_GET_SREGS
special[0:8] = bytes(8)  # the base of CS
special[12:14] = bytes(2)  # and its selector
fcntl.ioctl(vcpu, 0x4138AE84, bytes(special))  # KVM_SET_SREGS
fcntl.ioctl(vcpu, 0x4090AE82, struct.pack("<18Q", *[0] * 17, 2))  # KVM_SET_REGS

exits = 0
while True:
    fcntl.ioctl(vcpu, 0xAE80, 0)  # KVM_RUN
    exits += 1
    (reason,) = struct.unpack_from("<I", run, 8)
    if reason != 2:  # KVM_EXIT_IO
        break
    (offset,) = struct.unpack_from("<Q", run, 40)
    print(chr(run[offset]), end="")
print("exits:", exits)
print("last reason:", "KVM_EXIT_HLT" if reason == 5 else reason)
