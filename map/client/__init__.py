"""The window side of the map: talks to the engine process and draws what lives."""
