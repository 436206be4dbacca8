"""A process on a machine whose only network is loopback."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap

from tests.shape.source import ROOT

# A new network namespace has a loopback device that is down; netdevice(7): read its flags, add IFF_UP.
_UP = """
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    asked = fcntl.ioctl(any_socket, 0x8913, struct.pack("16sh14x", b"lo", 0))
    flags = struct.unpack_from("h", asked, 16)[0] | 1
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", flags))
"""
_APART = ("unshare", "--map-root-user", "--net")


def possible() -> bool:
    """Whether this machine lets its user make such a place."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*_APART, "true"], capture_output=True, check=False).returncode == 0


def python(text: str) -> str:
    """What the Python program `text` prints there; its failure is the caller's."""
    done = subprocess.run(
        [*_APART, sys.executable, "-c", _UP + textwrap.dedent(text)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
