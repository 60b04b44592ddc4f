"""The instance folder and the settings: who may read them, and whether they fit together."""

import os
from pathlib import Path

from quizapp.commands.address import LOOPBACK
from quizapp.commands.checks.finding import Finding, look, mend, ok

LOCAL = {*LOOPBACK, "[::1]"}
OTHERS = 0o077


def folder(instance: Path) -> Finding:
    """Say whether the folder can be written, which SQLite needs for its log."""
    if not os.access(instance, os.R_OK | os.W_OK | os.X_OK):
        return mend(
            "Instance folder",
            f"{instance} cannot be written by the user who runs this.",
            f"Give it to the user who runs Dateline: chown -R USER {instance}",
        )
    return ok("Instance folder", str(instance))


def secret_key(instance: Path) -> Finding:
    """Say whether the key that signs cookies is readable by its owner alone."""
    path = instance / "secret_key"
    if not path.exists():
        return ok("Secret key", "from the settings")
    if os.name == "posix" and (mode := path.stat().st_mode & OTHERS):
        return mend("Secret key", f"others may read or write {path} (mode {mode:03o} for them).", f"chmod 600 {path}")
    return ok("Secret key", "readable by its owner alone")


def privacy(database: Path) -> Finding:
    """Say whether other users of this computer may read the database, which holds names."""
    open_folder = os.name == "posix" and database.parent.stat().st_mode & 0o005 == 0o005
    if open_folder and database.stat().st_mode & 0o004:
        return look(
            "Privacy",
            f"every user of this computer may read {database}, which holds names and answers.",
            f"If others use this computer: chmod 700 {database.parent}",
        )
    return ok("Privacy", "the database is not open to every user of this computer")


def hosts(names: list[str], *, secure_cookies: bool) -> Finding:
    """Say whether the names under which browsers come fit the cookies."""
    wrong = [name for name in names if "/" in name or "*" in name or (":" in name and not name.startswith("["))]
    if not names or wrong:
        says = f"{wrong[0]!r} is no host name." if wrong else "trusted_hosts is empty: every name is believed."
        return mend("Host names", says, 'Name hosts without http:// and port: trusted_hosts = ["quiz.school.example"]')
    others = [name for name in names if name not in LOCAL]
    if secure_cookies and not others:
        return mend(
            "Host names",
            "secure_cookies is on, but only this computer's own names are trusted, so nobody else gets a page.",
            "Add the name behind TLS to trusted_hosts.",
        )
    if others and not secure_cookies:
        return look(
            "Host names",
            f"{', '.join(others)} without TLS: passwords can be read on the way.",
            "Behind a proxy with TLS set secure_cookies = true; a classroom's network may do without.",
        )
    return ok("Host names", f"{', '.join(names)}; cookies {'only over TLS' if secure_cookies else 'for plain HTTP'}")


def leftovers(parts: list[Path]) -> Finding:
    """Say whether copies that were broken off take up room."""
    if parts:
        return look(
            "Leftovers",
            f"{len(parts)} unfinished copies of backups: {', '.join(part.name for part in parts)}.",
            f"Unless one is running now, remove them: rm {parts[0].parent}/.*.part",
        )
    return ok("Leftovers", "none")
