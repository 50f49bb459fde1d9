"""A place for a paper on a page that asks something first: the paper, or why there is none. Must not know which."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import _
from desktop.widgets import parts, theme
from desktop.widgets.group import LARGE_TYPE
from desktop.widgets.preview import Preview

SHORTEST = 480  # pixels of paper that can still be read


class PaperPlace(QWidget):
    """Shows one paper at a time; a new one takes the place of the old one."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 8)
        self._shown: QWidget | None = None

    def show_paper(self, pdf: bytes, file_name: str) -> None:
        """This paper, with printing and saving."""
        preview = Preview(_("Preview"), pdf, file_name, back=False)
        preview.setMinimumHeight(theme.px(SHORTEST))
        if theme.percent() < LARGE_TYPE:  # in large type the paper is as wide as its place, to be read
            preview.whole_page()
        self._put(preview)

    def say(self, sentence: str) -> None:
        """Why there is no paper now."""
        self._put(parts.card("", parts.label(sentence)))

    def paper(self) -> Preview | None:
        return self._shown if isinstance(self._shown, Preview) else None

    def _put(self, shown: QWidget) -> None:
        if self._shown is not None:
            self._layout.removeWidget(self._shown)
            self._shown.hide()  # else Qt shows it once more, as a window: it had still to show it in the layout
            self._shown.setParent(None)
            self._shown.deleteLater()
        self._shown = shown
        self._layout.addWidget(shown)
        shown.show()
