"""Rows to types of `workflow` and back, and the one transaction through which seats act."""
