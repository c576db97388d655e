"""Reads of the record, one module a question; rows go in, plain values of `workflow` come out."""
