"""The map of a desk: the city's layers by theme, live cases on top, one selection with the list."""
