"""Floor 3: entry points and wiring. Nothing imports it."""
