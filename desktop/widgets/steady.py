"""Keeps Python's None, True and False alive under Qt; needed before the first call into Qt, knows nothing else.

PySide 6.12 is built for interpreters in which these are immortal (3.12 and later). Under Python 3.11 each call
that returns nothing takes one reference to None too many, each `signal.emit()` one to True, and after some
thousand calls the interpreter aborts ("deallocating None", "deallocating True or False"). A reference count
that can never run out gives 3.11 what 3.12 has of itself.
"""

import ctypes
import sys

PLENTY = 1 << 60


def keep_alive() -> None:
    """Give the constants of Python a count of references that Qt can never use up."""
    if sys.version_info >= (3, 12) or ctypes.sizeof(ctypes.c_void_p) < 8:
        return
    for constant in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(constant)).value = PLENTY
