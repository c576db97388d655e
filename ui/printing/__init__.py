"""A case on paper: its sheet as a PDF of A4 pages."""
