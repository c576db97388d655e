"""The photos of a case side by side: before and after, and the closing standard beside what is."""
