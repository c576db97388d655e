"""Alarms at the desk: one quiet tray, each told once."""
