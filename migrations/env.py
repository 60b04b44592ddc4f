"""Run migrations on the app's own engine; Flask-Migrate calls this file."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from quizapp.store.tables import Base, UtcDateTime


def of_our_tables(_item: object, _name: str | None, kind: str, is_reflected: bool, compared_to: object) -> bool:
    """Leave out tables that a database has for something else."""
    return not (kind == "table" and is_reflected and compared_to is None)


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column type down as the type that the database knows, so that migrations need no code of ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def migrate(connection: Connection) -> None:
    """Bring the database to the wanted migration, in one transaction.

    SQLite rebuilds a table to change it. With foreign keys on, dropping the old one would delete the rows that refer to
    it, so they are off meanwhile and checked before the commit. https://www.sqlite.org/lang_altertable.html#otheralter
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.rollback()
    options = current_app.extensions["migrate"].configure_args
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=of_our_tables,
        render_item=plain_type,
        transactional_ddl=True,
        **options,
    )
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite and (broken := connection.execute(text("PRAGMA foreign_key_check")).first()):
            raise RuntimeError(f"a row of {broken[0]} would refer to nothing; the migration was taken back")
    connection.rollback()
    if is_sqlite:
        connection.execute(text("PRAGMA foreign_keys = ON"))
        connection.rollback()


if context.is_offline_mode():
    raise SystemExit("Migrations need the database: run them without --sql.")
with current_app.extensions["migrate"].db.engine.connect() as connection:
    migrate(connection)
