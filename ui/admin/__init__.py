"""城市规则: the pages where the city's rules are read and, by the administrator, changed."""
