"""Reusable parts of the window that know nothing of welfare work."""

from desktop.widgets.steady import keep_alive

keep_alive()
