"""Alembic's revisions of the tables; they travel inside the package."""
