"""Floor 2, what is remembered: rows, migrations and repositories. Rows never leave it."""
