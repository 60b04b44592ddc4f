"""The machine: Python, packages, room on the disk, the port."""

import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from quizapp.commands.address import is_free
from quizapp.commands.checks.finding import Finding, look, mend, ok

OLDEST_PYTHON = (3, 11)
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<condition> *;)?")
LEAST_ROOM = 100 * 1024**2
LITTLE_ROOM = 1024**3
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs"}


def python() -> Finding:
    """Say which Python runs, and whether it is one that Dateline is tested with."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        return mend("Python", f"{version} is too old.", "Install Python 3.11 or newer, then: make setup")
    return ok("Python", version)


def packages(lock: Path) -> Finding:
    """Compare what is installed with what is pinned; a package for another system may be missing."""
    if not lock.exists():
        return ok("Packages", "There is no lock file here to compare them with.")
    pins = [match for line in lock.read_text("utf-8").splitlines() if (match := PIN.match(line))]
    astray = [
        told for pin in pins if (told := _astray(pin["name"], pin["version"], is_optional=bool(pin["condition"])))
    ]
    if astray:
        return mend("Packages", f"{len(astray)} differ from {lock.name}: {', '.join(astray)}.", "Run: make setup")
    return ok("Packages", f"all {len(pins)} as {lock.name} pins them")


def room(folder: Path, database_bytes: int) -> Finding:
    """Say how much room the disk has left; a full one refuses answers."""
    free = shutil.disk_usage(folder).free
    says = f"{free / 1024**3:.1f} GiB free at {folder}"
    remedy = "Remove what is not needed, such as old backups, or move the instance folder to a larger disk."
    if free < max(LEAST_ROOM, database_bytes):
        return mend("Disk", f"only {says}; a full disk refuses answers.", remedy)
    if free < LITTLE_ROOM:
        return look("Disk", f"only {says}.", remedy)
    return ok("Disk", says)


def port(host: str, number: int) -> Finding:
    """Say whether a start would get the port that it asks for."""
    if is_free(host, number):
        return ok("Port", f"{number} is free")
    return look(
        "Port",
        f"{number} is in use, perhaps by Dateline itself.",
        "If it is not: stop the other program, or choose another port: quizapp serve --port 9000",
    )


def file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> Finding:
    """Say whether a SQLite file lies on a file system of a network, whose locks may not hold; only Linux tells."""
    inside = [mount for mount in _mounts(mounts) if path.resolve().is_relative_to(mount[0])]
    kind = max(inside, key=lambda mount: len(mount[0].parts), default=(path, ""))[1]
    if kind in NETWORK_FILE_SYSTEMS:
        return mend(
            "File system",
            f"{path} is on a file system of the network ({kind}), where SQLite's locks may not hold.",
            "Keep the database on a disk of this computer, or use PostgreSQL: set QUIZAPP_DATABASE_URL.",
        )
    return ok("File system", f"{kind}, on this computer" if kind else "this system does not tell which")


def _mounts(mounts: Path) -> Iterator[tuple[Path, str]]:
    if not mounts.exists():
        return
    for line in mounts.read_text("utf-8", errors="replace").splitlines():
        _device, place, kind = line.split()[:3]
        yield Path(place.replace("\\040", " ")), kind


def _astray(name: str, version: str, *, is_optional: bool) -> str:
    """Say how an installed package differs from its pin, or nothing."""
    try:
        installed = metadata.version(name)
    except metadata.PackageNotFoundError:
        return "" if is_optional else f"{name} is missing"
    return "" if installed == version else f"{name} is {installed}, not {version}"
