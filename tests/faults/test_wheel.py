"""A wheel is a whole Dateline: built from what the Dockerfile copies, installed elsewhere, served from any folder."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizapp.config import PROJECT

pytestmark = [pytest.mark.faults, pytest.mark.skipif(os.name == "nt", reason="the server is stopped by a signal")]
COPIED = re.compile(r"^COPY (?!--from)(.+) \S+$", flags=re.M)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return the Python of a fresh environment with the wheel, whose packages are those of this one."""
    source = tmp_path / "source"
    source.mkdir()
    for names in COPIED.findall((PROJECT / "Dockerfile").read_text("utf-8")):
        for name in names.split():
            if (PROJECT / name).is_dir():
                shutil.copytree(PROJECT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(PROJECT / name, source / name)
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(source))
    (wheel,) = tmp_path.glob("dateline_quiz-*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)], check=True, capture_output=True
    )
    (packages,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    (packages / "packages.pth").write_text(sysconfig.get_path("purelib"))
    return python


def pip(command: str, *arguments: str, python: str = sys.executable) -> None:
    """Run pip without the network: nothing that a package needs is fetched."""
    subprocess.run([python, "-m", "pip", command, "--quiet", "--no-deps", *arguments], check=True, capture_output=True)


def test_an_installed_wheel_serves_from_any_folder(
    installed: Path, tmp_path: Path, browser: Callable[..., Any]
) -> None:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("QUIZAPP_")}
    environ["XDG_DATA_HOME"] = str(tmp_path / "data")
    command = [str(installed.parent / "quizapp"), "serve", "--port", "18417"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    with subprocess.Popen(
        command, cwd=elsewhere, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout is not None
        said = []
        for line in server.stdout:
            said.append(line)
            if line.startswith("Dateline is open"):
                break
        try:
            assert server.poll() is None, "".join(said)
            port = int(said[-1].rpartition(":")[2])
            ready, page = browser(port).get("/readyz"), browser(port).get("/")
        finally:
            server.terminate()
            said.append(server.communicate(timeout=30)[0])

    assert (ready.status, ready.text) == (200, "ready\n")
    assert page.status == 200
    assert list(elsewhere.iterdir()) == []
    assert (tmp_path / "data" / "dateline" / "dateline.sqlite").exists()
    assert server.returncode == 0, "".join(said)
