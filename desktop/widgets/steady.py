"""Keeps Python's None alive under Qt; needed before the first call into Qt, knows nothing else.

PySide 6.12 is built for interpreters in which None is immortal (3.12 and later). Under Python 3.11 each call
that returns nothing takes one reference to None too many, and after some ten thousand calls the interpreter
aborts ("deallocating None"). A reference count that can never run out gives 3.11 what 3.12 has of itself.
"""

import ctypes
import sys

PLENTY = 1 << 60


def keep_alive() -> None:
    """Give None a count of references that Qt can never use up."""
    if sys.version_info >= (3, 12) or ctypes.sizeof(ctypes.c_void_p) < 8:
        return
    ctypes.c_ssize_t.from_address(id(None)).value = PLENTY
