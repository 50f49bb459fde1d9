"""The look tests start from."""

from PySide6.QtWidgets import QApplication

from desktop.widgets import theme


def dress(app: QApplication, percent: int = 100) -> None:
    """Light, and the usual size unless said otherwise."""
    theme.remember_with(lambda _scheme, _percent: None)
    theme.apply(app, "light", percent)
