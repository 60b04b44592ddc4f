"""Make the virtual environment and start something in it: ``python bootstrap.py run``, ``test`` or ``setup``.

Plain standard library, and a syntax that every Python 3 can read, so that a Python which is too old gets a sentence
instead of a traceback. What is installed already, by digest, is skipped.
"""

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "Dateline needs Python 3.11 or newer, and this is Python {}.{}. Install a newer one from python.org or your "
        "system's packages, then name it: make run PYTHON=python3.12".format(*sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed-by-bootstrap"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"
SERVER_LOCK = ROOT / "requirements-server.lock"
UV = "uv==0.13.9"

USAGE = """Usage: python bootstrap.py COMMAND [arguments]

  run     serve the app (arguments of "quizapp serve", for example --port 8080)
  test    run the tests (arguments of pytest)
  setup   only install what run and test need
  python  run Python in the environment, with the tools of the tests
  lock    write the lock files anew from pyproject.toml
"""


class CannotInstall(Exception):
    """A step of the installation failed; the message says which, and what to do."""


def main(arguments: list[str]) -> int:
    """Do what the first argument names and return its exit code."""
    command, rest = (arguments[0] if arguments else ""), arguments[1:]
    try:
        if command == "run":
            install(RUN_LOCK)
            return become(["-m", "quizapp", "serve", *rest])
        if command == "test":
            install(TEST_LOCK)
            return become(["-m", "pytest", *rest])
        if command == "python":
            install(TEST_LOCK)
            return become(rest)
        if command == "setup":
            install(TEST_LOCK)
            print("Ready: make run starts Dateline, make test tests it.")
            return 0
        if command == "lock":
            make_environment()
            return write_locks()
    except CannotInstall as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next time goes on from here.", file=sys.stderr)
        return 130
    print(USAGE, file=sys.stderr)
    return 2


def install(lock: Path) -> None:
    """Install what a lock file pins, and the project itself, unless the stamp says that it is there."""
    wanted = digest(lock)
    if PYTHON.exists() and STAMP.exists() and wanted in STAMP.read_text("utf-8").split():
        return
    make_environment()
    install_packages(lock)
    print("Installing Dateline itself ...", flush=True)
    pip(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)], "Dateline itself could not be installed.")
    covered = [RUN_LOCK, TEST_LOCK] if lock == TEST_LOCK else [lock]
    STAMP.write_text("\n".join(digest(each) for each in covered) + "\n", "utf-8")


def digest(lock: Path) -> str:
    """Name an installation: the pinned packages, the project's declaration and the minor version of Python."""
    parts = [lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), repr(sys.version_info[:2]).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment() -> None:
    """Create ``.venv`` with pip; one of another Python, or half-made, is replaced."""
    if PYTHON.exists() and has_pip():
        return
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise CannotInstall(
            "This Python cannot make a virtual environment: its venv module is missing. On Debian and Ubuntu install "
            "it with: sudo apt install python3-venv. Elsewhere install Python from python.org. Then try again."
        )
    print("Creating the virtual environment in .venv ...", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        raise CannotInstall(
            "The virtual environment could not be created in {}:\n{}\nFree some space or check the folder's "
            "permissions, then try again.".format(VENV, (made.stdout + made.stderr).strip())
        )


def has_pip() -> bool:
    """Tell whether ``.venv`` has a working pip under the same minor version of Python as this one."""
    question = "import sys, pip; sys.exit(sys.version_info[:2] != {!r})".format(tuple(sys.version_info[:2]))
    try:
        return subprocess.run([str(PYTHON), "-c", question], capture_output=True).returncode == 0
    except OSError:
        return False


def install_packages(lock: Path) -> None:
    """Install the pinned packages, counting them as they come."""
    count = sum(1 for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum())
    print("Installing up to {} packages from {}, each checked by its hash ...".format(count, lock.name), flush=True)
    pip(
        ["--require-hashes", "--requirement", str(lock)],
        "The packages could not be installed. Is this computer connected? Try again: what has come is kept.",
        count=count,
    )


def pip(arguments: list[str], failure: str, count: int = 0) -> None:
    """Run ``pip install``; show how many of ``count`` packages have come, and all that pip said if it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    said = []
    seen = 0
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    with run:
        for line in run.stdout or ():
            said.append(line)
            if count and line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                progress("  {} of {}: {}".format(seen, count, package_name(line)))
            elif count and line.startswith("Installing collected packages"):
                progress("  unpacking")
    if count:
        progress("")
    if run.returncode:
        raise CannotInstall("".join(said[-15:]) + "\n" + failure)


def package_name(line: str) -> str:
    """Take the package's name out of a line of pip's."""
    return line.split(": ", 1)[-1].replace("Collecting ", "").split("==")[0].split()[0]


def progress(text: str) -> None:
    """Show one line: in a terminal it replaces the one before, elsewhere it follows it."""
    if sys.stdout.isatty():
        print("\r\x1b[K" + text, end="", flush=True)
    elif text:
        print(text, flush=True)


def write_locks() -> int:
    """Pin every package for all supported Pythons and systems.

    The second file holds what the tests need too; the third what a server without a checkout needs, with PostgreSQL.
    """
    pip([UV], "The tool that resolves versions could not be installed.")
    compile_command = [str(SCRIPTS / "uv"), "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    compile_command += ["--python-version", "3.11", "--upgrade", "--no-header", "--no-emit-index-url"]
    for lock, more in (
        (RUN_LOCK, ["--group", "build"]),
        (TEST_LOCK, ["--group", "build", "--group", "dev", "--constraint", RUN_LOCK.name]),
        (SERVER_LOCK, ["--extra", "postgresql", "--constraint", TEST_LOCK.name]),
    ):
        command = [*compile_command, *more, "--output-file", lock.name, "pyproject.toml"]
        if subprocess.call(command, cwd=str(ROOT)):
            return 1
        print("Written: {}".format(lock.name))
    return 0


def become(arguments: list[str]) -> int:
    """Hand this process over to the environment's Python, so that signals reach it; Windows waits for it instead."""
    command = [str(PYTHON), *arguments]
    os.chdir(str(ROOT))
    if os.name == "nt":
        return wait_for(command)
    sys.stdout.flush()
    return os.execv(command[0], command)


def wait_for(command: list[str]) -> int:
    """Run a command to its end; Ctrl-C reaches it too, so let it stop by itself."""
    with subprocess.Popen(command) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
