import contextlib
import os
import pathlib
import socket
import subprocess
import time


def tell(*command):
    subprocess.run(command, stderr=subprocess.DEVNULL)


pathlib.Path("/sys/bus/pci/rescan").write_text("1")
for module in ("virtio_net", "vsock", "vmw_vsock_virtio_transport"):
    tell("modprobe", module)
time.sleep(1)
for number, name in enumerate(set(os.listdir("/sys/class/net")) - {"lo"}):
    tell("ip", "link", "set", name, "up")
    tell("ip", "address", "add", f"10.0.2.{15 + number}/24", "dev", name)
    tell("ip", "route", "add", "default", "via", "10.0.2.2")
for host in ("10.0.2.2", "127.0.0.1"):
    with contextlib.suppress(OSError):
        socket.create_connection((host, int("@PORT@")), 3)
with contextlib.suppress(OSError), socket.socket(socket.AF_VSOCK) as hypervisor:
    hypervisor.settimeout(1)
    hypervisor.connect((socket.VMADDR_CID_HOST, int("@PORT@")))
