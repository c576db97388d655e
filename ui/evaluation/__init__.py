"""综合评价: the departments' scores, how each came about, and the cases that made it."""
