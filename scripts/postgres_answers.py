"""Tell whether tests can use a PostgreSQL server: exit 0, or print in one line why not and exit 1.

python scripts/postgres_answers.py postgres://user:password@host:5432/database
"""

import sys

import psycopg

SECONDS = 3
MAY_CREATE = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"


def obstacle(address: str) -> str:
    """Say what is in the way, or "" when nothing is; the tests make databases of their own."""
    try:
        with psycopg.connect(address, connect_timeout=SECONDS) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
    except psycopg.Error as error:
        # libpq names host and port and never the password.
        return " ".join(str(error).split())
    return "" if row and row[0] else "this user may not create databases."


if __name__ == "__main__":
    found = obstacle(sys.argv[1])
    if found:
        print(found)
    sys.exit(bool(found))
