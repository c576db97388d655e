"""The case panel and the report form: what a case is, where it stands, what this post decides."""
