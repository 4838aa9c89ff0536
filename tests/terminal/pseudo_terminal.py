"""A program on a pseudo-terminal, and what a user would see there: read by pyte.

pyte knows no alternate screen, so there are two of its screens here, and the sequences that switch between them are
looked for in what the program writes. Each screen counts what a full screen must never do: scroll, and write beyond
its last column.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte
from wcwidth import wcwidth

ENTER, LEAVE, CLEAR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[0m\x1b[2J"


class WatchfulScreen(pyte.Screen):
    """A screen that keeps count of scrolled lines and of characters that had no place."""

    scrolled = 0
    overflowed = 0

    def index(self):
        bottom = self.margins.bottom if self.margins else self.lines - 1
        if self.cursor.y == bottom:
            self.scrolled += 1
        super().index()

    def draw(self, data):
        if sum(max(0, wcwidth(each)) for each in data) > self.columns - self.cursor.x:
            self.overflowed += 1
        super().draw(data)


class Terminal:
    """Runs a command on a terminal of this size; `end` kills what still runs there."""

    def __init__(self, command, columns, rows, environment=None):
        self.columns, self.rows = columns, rows
        self.raw = b""
        self.normal, self.full = WatchfulScreen(columns, rows), WatchfulScreen(columns, rows)
        self.streams = {each: pyte.ByteStream(each) for each in (self.normal, self.full)}
        self.shown = self.normal
        self.unread = b""
        self.new_size = None
        variables = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        variables |= {"TERM": "xterm-256color"} | (environment or {})
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self.child, self.descriptor = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execve(command[0], command, variables)

    def resize(self, columns, rows):
        """What is under way was drawn for the old size; what follows the next clearing is for the new one."""
        self.columns, self.rows = columns, rows
        self.new_size = (rows, columns)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys):
        os.write(self.descriptor, keys.encode())

    def read(self, seconds):
        """Takes in what the program writes next, if it does within this time; false once it has ended."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:  # nobody has the other side any more
            return False
        self._take(data)
        return bool(data)

    def _take(self, data):
        self.raw += data
        data = self.unread + data
        sequences = [ENTER, LEAVE, CLEAR]
        while found := [(data.find(each), each) for each in sequences if each in data]:
            at, sequence = min(found)
            self.streams[self.shown].feed(data[:at])
            data = data[at + len(sequence):]
            if sequence == CLEAR:
                if self.new_size:
                    self.normal.resize(*self.new_size)
                    self.full.resize(*self.new_size)
                    self.new_size = None
                self.streams[self.shown].feed(CLEAR)
            else:
                self.shown = self.full if sequence == ENTER else self.normal
        # A sequence may have been cut in two.
        cut = data.rfind(b"\x1b[")
        whole = len(data) if cut < 0 or len(data) - cut >= len(ENTER) else cut
        self.streams[self.shown].feed(data[:whole])
        self.unread = data[whole:]

    def lines(self):
        """The lines that are seen, without blanks at their ends."""
        return [line.rstrip() for line in self.shown.display]

    def shows(self, *texts):
        """Whether all of these are seen, each in one line."""
        return all(any(text in line for line in self.lines()) for text in texts)

    def wait_until(self, condition, seconds=60):
        """Reads until the condition holds; false where it does not in time."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or not self.read(0.1):
                return condition()
        return True

    def wait_for_end(self, seconds=60):
        """The exit code, or 128 and the signal, as a shell says it; nothing where it still runs."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            done, status = os.waitpid(self.child, os.WNOHANG)
            while self.read(0 if done else 0.1) and select.select([self.descriptor], [], [], 0)[0]:
                continue
            if done:
                self.child = 0
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
        return None

    def edits_lines(self):
        """Whether the terminal edits lines and shows what is typed, as it did at the start."""
        flags = termios.tcgetattr(self.descriptor)[3]
        return bool(flags & termios.ICANON) and bool(flags & termios.ECHO)

    def end(self):
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.child = 0
        os.close(self.descriptor)
