"""What readers type, and the pages that answer it; the first named is the best one.

Written before the search was tuned, in the words of readers rather than of the pages.
"""

CAPS = "isolation/capabilities/"
NS = "isolation/namespaces/"
CG = "isolation/cgroups/"
CHROOT = "isolation/chroot/"
OVERLAY = "isolation/overlay/"
HAND = "isolation/by-hand/"
JAIL = "isolation/freebsd-jail/"
ZONES = "isolation/solaris-zones/"
HPUX = "isolation/hpux-containers/"
HISTORY = "isolation/"
VIRTUAL = "virtualization/"
HYPER = "virtualization/hypervisors/"
VMWARE = "virtualization/vmware/"
VDI = "virtualization/vdi/"
DOCKER = "docker/"
DAEMON = "docker/daemon/"
DESKTOP = "docker/desktop/"
UNION = "docker/union-file-system/"
DIGEST = "docker/digest/"
OCI = "docker/oci-annotations/"
AND = "docker/and/"
BUILDX = "docker/buildx/"
PRUNE = "docker/prune/"
SQUASH = "docker/squash/"
STAGES = "docker/multi-stage/"
PORTS = "docker/ports/"
LIMITS = "docker/limits/"
SIGNALS = "docker/signals/"
STORE = "docker/containerd-store/"
DOCKERFILE = "docker/dockerfile/"
TROUBLE = "docker/troubleshooting/"
ROOTLESS = "docker/rootless/"
VOLUMES = "docker/volumes/"
DOCKER_HISTORY = "docker/history/"
COMPARISON = "isolation/comparison/"
LXC = "isolation/lxc/"
LSM = "isolation/lsm/"
SECCOMP = "isolation/seccomp/"
TIMELINE = "isolation/timeline/"
VM_OR = "virtualization/vm-or-container/"
KVM = "virtualization/kvm/"
HYPERV = "virtualization/hyper-v/"
XEN = "virtualization/xen/"
X86 = "virtualization/x86/"
MIDDLE = "virtualization/middle-ground/"

KOREAN: dict[str, dict[str, list[str]]] = {
    "bare nouns": {
        "네임스페이스": [NS],
        "다이제스트": [DIGEST],
        "하이퍼바이저": [HYPER],
        "가상화": [VIRTUAL],
        "어노테이션": [OCI],
        "화이트아웃": [OVERLAY],
        "캐퍼빌리티": [CAPS, NS, HAND, JAIL],
        "컨트롤 그룹": [CG],
        "댕글링": [PRUNE],
        "데몬": [DAEMON],
    },
    "with particles": {
        "네임스페이스에서": [NS],
        "다이제스트를": [DIGEST],
        "하이퍼바이저는": [HYPER],
        "카피업은": [OVERLAY],
        "커널까지": [HISTORY, DOCKER, HAND, ZONES, NS, CHROOT],
        "어노테이션으로": [OCI],
        "포트를": [PORTS],
        "소켓이": [DAEMON, NS],
        "레이어에는": [UNION, AND, SQUASH],
    },
    "verbs": {
        "탈출하기": [CHROOT],
        "탈출했다": [CHROOT],
        "얼리다": [CG],
        "얼린": [CG],
        "겹쳐서": [OVERLAY, UNION],
        "나눠 쓰는": [HISTORY, DOCKER, VIRTUAL, ZONES],
        "흉내 낸": [VIRTUAL],
        "합치다": [UNION, SQUASH, HAND, OVERLAY],
        "빠져나오는": [CHROOT],
        "제한하는": [CG, JAIL, HISTORY, HPUX],
        "지운": [OVERLAY, UNION, AND, SQUASH],
        "숨은": [DESKTOP],
    },
    "compounds and spacing": {
        "유니온파일시스템": [UNION],
        "멀티스테이지": [STAGES],
        "멀티 스테이지": [STAGES],
        "가상머신": [VIRTUAL, DESKTOP, HYPER, VMWARE],
        "오버레이파일시스템": [OVERLAY, UNION],
        "네임 스페이스": [NS],
        "이미지ID": [DIGEST],
        "루트디렉터리": [CHROOT],
        "도커데몬": [DAEMON],
        "빌드캐시": ["docker/dockerfile/", PRUNE, STAGES, BUILDX, AND],
        "포트 게시": [PORTS],
    },
    "half typed": {
        "네임스페": [NS],
        "하이퍼바": [HYPER],
        "다이제": [DIGEST],
        "어노테": [OCI],
        "컨테이ㄴ": [HAND, HISTORY, DOCKER, HPUX],
        "오버레ㅇ": [OVERLAY],
    },
    "English in Korean": {
        "namespace": [NS],
        "docker": [DOCKER, DESKTOP, DAEMON],
        "도커": [DOCKER, DESKTOP, DAEMON],
        "cgroup": [CG],
        "chroot": [CHROOT],
        "hypervisor": [HYPER],
        "digest": [DIGEST],
        "copy-on-write": [OVERLAY, UNION],
        "multi-stage build": [STAGES],
        "buildx": [BUILDX],
        "squash": [SQUASH],
        "prune": [PRUNE],
        "overlayfs": [OVERLAY],
        "union file system": [UNION],
        "vmware": [VMWARE],
        "jail": [JAIL],
        "솔라리스": [ZONES],
        "도커 데스크톱": [DESKTOP],
        "스쿼시": [SQUASH],
        "라벨": [OCI],
    },
    "commands and signs": {
        "pivot_root": [CHROOT, HAND],
        "unshare": [NS, HAND],
        "docker image prune": [PRUNE],
        "-p": [PORTS],
        "-p와 -P": [PORTS],
        "EXPOSE": [PORTS],
        "&&": [AND],
        "org.opencontainers.image": [OCI],
        "/proc/self/ns": [NS],
        "boot_id": [HISTORY, DOCKER],
        "set -e": [AND],
        "WSL": [DESKTOP, HYPERV],
        "dom0": [HYPER, "virtualization/xen/"],
        "nsenter": [NS],
    },
    "questions": {
        "컨테이너와 가상 머신의 차이": [VIRTUAL, HISTORY],
        "컨테이너는 VM과 뭐가 다른가요": [VIRTUAL, HISTORY],
        "도커는 왜 root 권한이 필요한가": [DAEMON, DOCKER],
        "이미지 ID랑 다이제스트가 왜 달라요?": [DIGEST],
        "지운 파일이 왜 레이어에 남나요": [UNION, AND, OVERLAY, SQUASH],
        "맥에서 도커가 가상 머신을 쓰는 이유": [DESKTOP],
        "chroot를 탈출할 수 있나": [CHROOT],
        "메모리 한도는 어떻게 거나": ["docker/limits/", CG],
        "네임스페이스 종류는 몇 가지인가": [NS],
        "cgroup v1 v2 차이": [CG],
        "포트가 밖에서 안 열려요": [PORTS],
        "이미지 크기 줄이기": [STAGES, SQUASH, AND],
        "안 쓰는 이미지 지우기": [PRUNE],
        "도커 없이 컨테이너 만들기": [HAND],
        "RUN을 왜 한 줄로 묶나": [AND],
        "다른 아키텍처용 이미지 빌드": [BUILDX],
        "해시와 암호화의 차이": [DIGEST],
        "jail과 chroot의 차이": [JAIL, CHROOT],
    },
    # The twenty questions that readers ask elsewhere (issue trackers, Stack Overflow, blogs).
    "asked elsewhere": {
        "도커는 가상 머신과 어떻게 다른가": [VM_OR, VIRTUAL, HISTORY, DOCKER],
        "이미지 ID와 다이제스트, 왜 SHA-256이 둘인가": [DIGEST],
        "이미지 ID는 같은데 다이제스트가 다르다": [DIGEST, STORE],
        "컴퓨터마다 이미지 ID가 다르다": [STORE, DIGEST],
        "<none>:<none> 이미지": [PRUNE],
        "다시 빌드했는데 댕글링이 안 남는다": [PRUNE, STORE],
        "RUN rm 했는데 이미지가 더 커졌다": [UNION, AND, SQUASH],
        "BuildKit에서 --squash 쓰는 법": [SQUASH],
        "EXPOSE와 -p의 차이": [PORTS],
        "ufw를 무시하는 도커": [PORTS],
        "exec format error": [TROUBLE, BUILDX],
        "알파인에서 파일이 있는데 no such file or directory": [TROUBLE, STAGES],
        "chroot no such file or directory": [CHROOT, TROUBLE],
        "chroot는 안전한가": [CHROOT],
        "cgroup은 네임스페이스인가": [CG, NS, "isolation/namespaces/cgroup/"],
        "네임스페이스와 cgroup의 차이": [CG, NS],
        "도커는 아직도 LXC를 쓰나": [LXC, DOCKER_HISTORY],
        "/var/lib/docker 맥": [DESKTOP],
        "WSL 2에 Hyper-V가 필요한가": [HYPERV, DESKTOP],
        "KVM은 타입 1인가 타입 2인가": [HYPER, KVM],
        "컨테이너가 137로 죽는다": [TROUBLE, LIMITS, SIGNALS],
        "docker stop이 10초 걸리는 이유": [SIGNALS],
        "윈도우 컨테이너를 리눅스에서 돌릴 수 있나": [DOCKER, HISTORY, HYPERV, COMPARISON, DESKTOP],
    },
    "later pages": {
        "좀비": [SIGNALS],
        "시그널": [SIGNALS],
        "메모리 제한": [LIMITS, CG],
        "OOM": [LIMITS, CG, TROUBLE],
        "볼륨": [VOLUMES],
        "바인드 마운트": [VOLUMES],
        "데이터를 남기려면": [VOLUMES],
        "루트리스": [ROOTLESS],
        "--privileged": [ROOTLESS, CAPS],
        "빌드 시크릿": [DOCKERFILE],
        "캐시가 깨진다": [DOCKERFILE],
        "seccomp": [SECCOMP],
        "시스템 콜 막기": [SECCOMP],
        "AppArmor": [LSM],
        "SELinux": [LSM],
        "연표": [TIMELINE],
        "KVM": [KVM],
        "QEMU": [KVM, BUILDX],
        "Xen": [XEN],
        "하이퍼브이": [HYPERV],
        "x86 가상화": [X86],
        "파이어크래커": [MIDDLE],
        "gVisor": [MIDDLE],
        "LXC": [LXC],
        "OpenVZ": [LXC],
        "존과 jail 비교": [COMPARISON, ZONES, JAIL],
        "dotCloud": [DOCKER_HISTORY],
        "containerd 저장소": [STORE],
        "컨테이너와 VM 중 무엇이 빠른가": [VM_OR],
        "디스크가 가득 찼다": [TROUBLE, PRUNE],
        "시간 네임스페이스": ["isolation/namespaces/time/"],
        "uid 매핑": ["isolation/namespaces/user/"],
        "veth": ["isolation/namespaces/network/"],
    },
}

ENGLISH: dict[str, dict[str, list[str]]] = {
    "words": {
        "namespace": [NS, HAND, HISTORY],
        "hypervisor": [HYPER],
        "cgroups": [CG],
        "freezing": [CG],
        "escape": [CHROOT],
        "escaping chroot": [CHROOT],
        "whiteouts": [OVERLAY],
        "copy on write": [OVERLAY],
        "solaris": [ZONES],
        "jails": [JAIL],
        "vdi": [VDI],
        "vmware": [VMWARE],
        "pivot_root": [CHROOT, HAND],
        "container vs virtual machine": [VIRTUAL, HISTORY],
        "what does chroot not isolate": [CHROOT],
        "build a container by hand": [HAND],
        "하이퍼바이저": [HYPER],
    },
    "asked elsewhere": {
        "how is docker different from a virtual machine": [VM_OR, VIRTUAL, HISTORY, DOCKER],
        "image id vs digest": [DIGEST],
        "none none image": [PRUNE],
        "deleted file makes image bigger": [UNION, AND, SQUASH],
        "squash with buildkit": [SQUASH],
        "expose vs -p": [PORTS],
        "ufw": [PORTS],
        "exec format error": [TROUBLE, BUILDX],
        "no such file or directory alpine": [TROUBLE, STAGES],
        "does docker still use lxc": [LXC, DOCKER_HISTORY],
        "is kvm type 1": [KVM, HYPER],
        "exit code 137": [TROUBLE, LIMITS, SIGNALS],
        "docker stop takes 10 seconds": [SIGNALS],
        "oom killed": [LIMITS, CG, TROUBLE],
        "zombies": [SIGNALS],
        "bind mount": [VOLUMES],
        "rootless": [ROOTLESS],
        "firecracker": [MIDDLE],
        "hyper-v": [HYPERV],
        "timeline": [TIMELINE],
        "seccomp": [SECCOMP],
        "selinux": [LSM],
        "user namespace": ["isolation/namespaces/user/"],
    },
}

WRITTEN = {
    # Without the blank that pages have, and as manuals are cited: in both languages, each first.
    "wsl2": HYPERV,
    "WSL1": HYPERV,
    "cgroupv2": CG,
    "cgroupsv2": CG,
    "pid1": SIGNALS,
    "chroot(2)": CHROOT,
    "pivot_root(2)": CHROOT,
    "namespaces(7)": NS,
    "cgroups(7)": CG,
    "capabilities(7)": CAPS,
    "seccomp(2)": SECCOMP,
    "unshare(1)": NS,
}
