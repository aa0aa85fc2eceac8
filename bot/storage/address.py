"""Where the tables are: a SQLite file, or a database on a PostgreSQL server."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

__all__ = ["Address"]


@dataclass(frozen=True, slots=True)
class Address:
    """One of the two. As text it names the database without its password."""

    file: Path | None = None
    server: URL | None = field(default=None, repr=False)

    @property
    def is_shared(self) -> bool:
        """Whether several processes may run on it."""
        return self.server is not None

    def __str__(self) -> str:
        if self.server is None:
            return str(self.file)
        place = {name: value for name, value in self.server.query.items() if name == "host"}
        return self.server.set(drivername="postgresql", query=place).render_as_string(hide_password=True)
