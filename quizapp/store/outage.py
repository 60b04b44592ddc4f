"""Why a database does not do what it is asked: busy, away, not ready, without room or damaged, and no slip of ours."""

from typing import Literal

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

Outage = Literal["busy", "away", "unready", "unwritable", "damaged"]

# https://www.sqlite.org/rescode.html; extended codes begin with the names of the primary ones.
OF_SQLITE: dict[str, Outage] = {
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_FULL": "unwritable",
    "SQLITE_IOERR": "unwritable",
    "SQLITE_READONLY": "unwritable",
    "SQLITE_PERM": "unwritable",
    "SQLITE_CANTOPEN": "away",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html; the first two letters are the class.
OF_POSTGRESQL: dict[str, Outage] = {
    "40": "busy",
    "55": "busy",
    "53": "unwritable",
    "57014": "busy",
    "25006": "unwritable",
    "58": "unwritable",
    "08": "away",
    "57": "away",
    "42P01": "unready",
    "42703": "unready",
    "XX001": "damaged",
    "XX002": "damaged",
}
# A database that nobody has prepared, or that is still of an older version.
LACKS = ("no such table", "no such column")


def outage_of(error: DBAPIError) -> Outage | None:
    """Say why a statement failed, or ``None`` where the statement itself is wrong."""
    name = str(getattr(error.orig, "sqlite_errorname", None) or "")
    for beginning, outage in OF_SQLITE.items():
        if name.startswith(beginning):
            return outage
    if name == "SQLITE_ERROR" and str(error.orig).startswith(LACKS):
        return "unready"
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state:
        return OF_POSTGRESQL.get(state) or OF_POSTGRESQL.get(state[:2])
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return "away"
    if isinstance(error, OperationalError) and not name:
        return "busy" if "locked" in str(error.orig) else "away"
    return None
