"""Whether the tables of a database are those of this code."""

from functools import cache
from pathlib import Path
from typing import Literal

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

# Beside the package in a checkout, within it where a wheel was installed.
PACKAGE = Path(__file__).resolve().parents[1]
IS_CHECKOUT = (PACKAGE.parent / "migrations" / "env.py").exists()
MIGRATIONS = (PACKAGE.parent if IS_CHECKOUT else PACKAGE) / "migrations"

Standing = Literal["current", "behind", "newer", "empty"]


def standing(engine: Engine) -> Standing:
    """Compare the migration that a database was brought to with the migrations of the code.

    ``empty`` has never been migrated, ``behind`` needs ``db upgrade``, ``newer`` was migrated by a later version of the
    code, which this one must not touch.
    """
    scripts = migrations()
    with engine.connect() as connection:
        reached = set(MigrationContext.configure(connection).get_current_heads())
    if not reached:
        return "empty"
    if reached == set(scripts.get_heads()):
        return "current"
    known = {script.revision for script in scripts.walk_revisions()}
    return "behind" if reached <= known else "newer"


@cache
def migrations() -> ScriptDirectory:
    """Read the migrations of the code, once in a process: whoever asks whether a server is ready asks often."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config)
