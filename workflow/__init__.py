"""Floor 1, what a case is: plain Python that is told the time, the catalog and the case."""
