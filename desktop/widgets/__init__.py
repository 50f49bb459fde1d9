"""Reusable parts of the window that know nothing of welfare work."""
