"""The queue: a box's cases page by page, painted as rows, filtered, sorted, driven by keys."""
