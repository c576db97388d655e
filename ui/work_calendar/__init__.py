"""工作日历: a year of worked days and holidays, the draft of the next version, what it would do."""
