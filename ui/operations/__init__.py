"""What a person can do at a desk, one small function for each thing, one file for each noun."""
