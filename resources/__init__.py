"""Data that ships with the program: standards, styles, translations, icons and the demo city."""
