"""Floor 2, what is seen: windows, lists, forms and the map view. Reaches data only through services handed to it."""
