"""The deadline explained: the whole life of a case as a ruler, in words, and who consumed it."""
