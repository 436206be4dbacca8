"""What is installed: our packages and their data, all of them, and nobody else's under our names."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import tomllib
from pathlib import Path

from tests.shape import source

PROJECT = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]


def in_version_control(*parts: str) -> list[Path]:
    """Files that are, or are about to be, committed under `parts`; all files in a plain copy."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *parts]
    listed = subprocess.run(command, cwd=source.ROOT, capture_output=True, check=False)
    if listed.returncode:
        return [p for part in parts for p in (source.ROOT / part).rglob("*") if p.is_file()]
    return [
        p
        for name in listed.stdout.decode().split("\0")
        if name and (p := source.ROOT / name).exists()
    ]


def test_the_list_of_packages_is_the_tree():
    found = {
        str(path.parent.relative_to(source.ROOT)).replace("/", ".")
        for path in in_version_control(*source.PARTS)
        if path.suffix == ".py"
    }
    assert SETUPTOOLS["packages"] == sorted(found)


def test_every_data_file_belongs_to_the_package_it_lies_in():
    lost = []
    for path in in_version_control(*source.PARTS):
        if path.suffix == ".py":
            continue
        homes = [
            package
            for package, patterns in SETUPTOOLS["package-data"].items()
            for pattern in patterns
            if path in (source.ROOT / package.replace(".", "/")).glob(pattern)
        ]
        if not homes:
            lost.append(str(path.relative_to(source.ROOT)))
    assert lost == []


def test_no_installed_distribution_has_our_top_level_names():
    """PyPI has a `config` and a `schedules`; installed over ours they overwrite without a word."""
    strangers = {
        name: sorted(set(owners) - {"yihu"})
        for name, owners in importlib.metadata.packages_distributions().items()
        if name in source.PARTS and set(owners) - {"yihu"}
    }
    assert strangers == {}


def test_the_install_is_editable():
    """An ordinary install would put `config` where another distribution's may be."""
    found = importlib.metadata.distributions(name="yihu")
    origins = [json.loads(text) for one in found if (text := one.read_text("direct_url.json"))]
    assert [origin["dir_info"] for origin in origins] == [{"editable": True}]


def test_the_locks_pin_with_hashes_and_name_no_registry():
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (source.ROOT / name).read_text("utf-8").splitlines()
        pins = [
            n for n, line in enumerate(lines) if "==" in line and not line.lstrip().startswith("#")
        ]
        assert len(pins) > 50
        assert all("--hash=sha256:" in lines[n + 1] for n in pins)
        assert not [line for line in lines if "://" in line or line.startswith("--")]


def test_the_small_lock_is_a_part_of_the_large_one():
    small, large = (
        {line for line in (source.ROOT / name).read_text("utf-8").splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert {line for line in small if not line.startswith("#")} <= large
