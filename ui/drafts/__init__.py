"""Drafts: what is half-written at a desk, kept on the disk until the record has it."""
