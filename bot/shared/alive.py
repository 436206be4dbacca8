"""Who a process is, so that its batches can be taken over as soon as it is surely dead."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path


def me() -> str:
    """This process: machine (with its process namespace), process id and the moment it started."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}"


def surely_dead(owner: str) -> bool:
    """Whether the process of that name is gone; False where that cannot be known (another machine).

    What follows a `#` in the name is the process's own business.
    """
    owner = owner.partition("#")[0]
    machine, _, rest = owner.partition(":")
    pid, _, started = rest.partition(":")
    if machine != _machine() or not pid.isdecimal() or started in ("", "?"):
        return False
    return _started(int(pid)) != started


def _machine() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        namespace = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        boot = namespace = "?"
    name = f"{socket.gethostname()}\0{boot}\0{namespace}"
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()


def _started(pid: int) -> str:
    """Ticks from boot to the start of the process; "?" without /proc, "gone" for no (or an ended) process."""
    if not Path("/proc/self/stat").exists():
        return "?"
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(") ")[2].split()
    except OSError:
        return "gone"
    # After the name: state is the first field, starttime the twentieth (proc_pid_stat(5)).
    return "gone" if fields[0] in ("Z", "X") else fields[19]
