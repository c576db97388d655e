"""Floor 2, what is seen: windows, lists, forms and the map view.

It reaches data only through the services handed to it.
"""
