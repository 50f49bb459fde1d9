"""One window per data folder: a second start asks the first to show itself. Must not know what the window shows."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 1500  # ms


def name_for(folder: Path) -> str:
    """The name of the local socket of this folder; it tells nothing about the folder."""
    return "wijkrecept-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]


class FirstStart(QObject):
    """Listens for later starts and calls `raise_window`."""

    def __init__(self, folder: Path, raise_window: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._raise = raise_window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(name_for(folder))  # left by a program that died: we hold the folder now
        self._server.newConnection.connect(self._knocked)
        self._server.listen(name_for(folder))

    def _knocked(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnectFromServer()
            caller.deleteLater()
        self._raise()


def knock(folder: Path) -> bool:
    """Ask the program that has this folder to show itself; whether it heard."""
    socket = QLocalSocket()
    socket.connectToServer(name_for(folder))
    heard = socket.waitForConnected(PATIENCE)
    socket.disconnectFromServer()
    return heard
