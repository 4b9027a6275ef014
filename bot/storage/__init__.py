"""The database: units of work on SQLite or PostgreSQL, and its care."""
