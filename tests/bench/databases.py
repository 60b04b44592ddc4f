"""New databases for a run: files in its folder, or on a PostgreSQL server of this machine, where they go in the end."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text


class New:
    """Makes an empty database and returns its address; ``postmaster`` is the process of PostgreSQL, if there is one."""

    def __init__(self, folder: Path, server: str = "") -> None:
        """Make files in a folder, or databases on a server."""
        self.folder = folder
        self.url = make_url(server).set(drivername="postgresql+psycopg") if server else None
        self.made: list[str] = []
        self.postmaster: int | None = None
        if self.url is not None:
            engine = create_engine(self.url)
            with engine.connect() as connection:
                backend = connection.scalar(text("SELECT pg_backend_pid()"))
                status = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
                self.postmaster = int(status[1])
            engine.dispose()

    def __call__(self, name: str) -> str:
        """Make one."""
        if self.url is None:
            return f"sqlite:///{self.folder / name}.sqlite"
        database = f"bench_{name}_{uuid.uuid4().hex[:8]}"
        self._at_server(f"CREATE DATABASE {database}")
        self.made.append(database)
        return self.url.set(database=database).render_as_string(hide_password=False)

    def drop(self) -> None:
        """Remove what was made on the server."""
        for database in self.made:
            self._at_server(f"DROP DATABASE {database} WITH (FORCE)")

    def _at_server(self, statement: str) -> None:
        assert self.url is not None
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def new_databases(server: str, folder: Path) -> Iterator[New]:
    """Return what makes databases until the block ends."""
    new = New(folder, server)
    try:
        yield new
    finally:
        new.drop()
