"""What holds for all tests."""

from __future__ import annotations

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Begun in the background, where shells leave Ctrl-C unheard; but the programs under test are to hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
