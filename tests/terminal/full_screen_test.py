#!/usr/bin/python3
"""The full screen of gradus on a pseudo-terminal, as pyte (Debian's python3-pyte) shows it.

GRADUS_BINARY names the binary. One demo whose stream falls silent after 2,000 examples serves all tests that watch:
it stands still, so what a screen shows does not depend on how fast the machine is.
"""

import os
import re
import signal
import subprocess
import tempfile
import unittest

from pseudo_terminal import ENTER, Terminal

GRADUS = os.environ["GRADUS_BINARY"]
SILENT = ["demo", "--pace", "none", "--fault", "silence@2048", "--listen", "127.0.0.1:0"]


class FullScreen(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = subprocess.Popen([GRADUS, *SILENT, "--report", cls.path("server.html")],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.url = cls.server.stdout.readline().split()[-1]
        for line in cls.server.stdout:  # one every few seconds
            if "no records for" in line:
                break

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.communicate()
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    def terminal(self, *arguments, columns=80, rows=24, environment=None, command=None):
        terminal = Terminal(command or [GRADUS, *arguments], columns, rows, environment)
        self.addCleanup(terminal.end)
        return terminal

    def watch(self, **options):
        terminal = self.terminal("watch", self.url, **options)
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("copy", "q leave")), terminal.lines())
        return terminal

    def demo(self, name):
        terminal = self.terminal(*SILENT, "--report", self.path(name))
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("no records for", "q end")), terminal.lines())
        return terminal

    def assert_tidy(self, terminal):
        self.assertEqual((terminal.full.scrolled, terminal.full.overflowed), (0, 0))

    def assert_given_back(self, terminal):
        self.assertIs(terminal.shown, terminal.normal)
        self.assertTrue(terminal.edits_lines())
        self.assertFalse(terminal.normal.cursor.hidden)
        self.assert_tidy(terminal)

    def test_fits_every_size(self):
        terminal = self.watch()
        for columns in (40, 60, 80, 100, 120, 200):
            for rows in (15, 24, 30, 40, 60):
                terminal.resize(columns, rows)
                curves = lambda: sum(bool(re.search(r"[▁▂▃▄▅▆▇█]│.*$", line)) for line in terminal.lines())
                drawn = lambda: not terminal.new_size and "q leave" in terminal.lines()[-1]
                # Curves are asked for one after the other, once their rows are seen.
                self.assertTrue(terminal.wait_until(lambda: drawn() and curves() >= min(17, rows - 9)),
                                (columns, rows, terminal.lines()))
                lines = terminal.lines()
                with self.subTest(columns=columns, rows=rows):
                    self.assertEqual(len(lines), rows)
                    self.assertIn("gradus", lines[0])
                    self.assertRegex(lines[1], r"no records for \d+")
                    self.assertRegex("\n".join(lines), r"▼ 2\.05k .*silence", "the fault in a line of its own")
                    self.assertRegex("\n".join(lines), r"256─.*▼", "and on the axis of the curves")
        self.assert_tidy(terminal)

    def test_says_what_a_too_small_terminal_lacks(self):
        terminal = self.watch()
        terminal.resize(30, 8)
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("gradus needs 40 x 12")), terminal.lines())
        terminal.resize(80, 24)
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("solve", "q leave")))
        self.assert_tidy(terminal)

    def test_keys(self):
        terminal = self.watch(rows=15)
        for keys, expected in (("\x1b[F", "› advanced      solve"), ("\x1b[H", "› kindergarten  copy"),
                               ("\x1b[B", "› kindergarten  max"), ("\r", "+ kindergarten  4 tasks"),
                               (" ", "› kindergarten  copy"), ("s", "s sort: score"), ("sss", "s sort: ladder"),
                               ("?", "KEYS"), ("x", "q leave")):
            terminal.press(keys)
            self.assertTrue(terminal.wait_until(lambda: terminal.shows(expected)), (keys, terminal.lines()))
        terminal.press("q")
        self.assertEqual(terminal.wait_for_end(), 0)
        self.assert_given_back(terminal)
        self.assertTrue(any("solve" in line for line in terminal.lines()), "the results stay")

    def test_every_end_gives_the_terminal_back(self):
        for end, code in ((lambda each: each.press("\x03"), 0),
                          (lambda each: os.kill(each.child, signal.SIGTERM), 0),
                          (lambda each: each.press("\x1c"), 128 + signal.SIGQUIT),
                          (lambda each: os.kill(each.child, signal.SIGABRT), 128 + signal.SIGABRT)):
            terminal = self.watch()
            self.assertFalse(terminal.edits_lines())
            end(terminal)
            self.assertEqual(terminal.wait_for_end(), code)
            self.assert_given_back(terminal)

    def test_can_be_suspended(self):
        terminal = self.terminal(command=["/bin/bash", "--norc", "--noprofile", "-i"],
                                 environment={"PS1": "$ ", "HISTFILE": ""})
        terminal.press(f"{GRADUS} watch {self.url}\r")
        drawn = lambda: terminal.shown is terminal.full and terminal.shows("solve", "q leave")
        self.assertTrue(terminal.wait_until(drawn), terminal.lines())
        terminal.press("\x1a")
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("Stopped")), terminal.lines())
        terminal.press("echo $((40 + 2))\r")
        self.assertTrue(terminal.wait_until(lambda: "42" in terminal.lines()), terminal.lines())
        self.assertIs(terminal.shown, terminal.normal)
        terminal.press("fg\r")
        self.assertTrue(terminal.wait_until(drawn), terminal.lines())
        terminal.press("q")
        self.assertTrue(terminal.wait_until(lambda: terminal.shown is terminal.normal))
        terminal.press("exit $?\r")
        self.assertEqual(terminal.wait_for_end(), 0)
        self.assert_tidy(terminal)

    def test_q_asks_and_ends_a_demo_in_order(self):
        terminal = self.demo("q.html")
        self.assertTrue(terminal.shows("the fault 'silence' strikes"), "the newest line of the log")
        terminal.press("q")
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("End the run?")), terminal.lines())
        terminal.press("x")
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("q end")), terminal.lines())
        terminal.press("qq")
        self.assertEqual(terminal.wait_for_end(), 0)
        self.assert_given_back(terminal)
        text = terminal.raw.decode()
        self.assertIn("listening on http://", text)
        results = text[text.rindex("\x1b[?1049l"):]
        for expected in ("the fault 'silence' strikes", "solve", "Learned ", "The report is in"):
            self.assertIn(expected, results)
        self.assertTrue(os.path.exists(self.path("q.html")))

    def test_a_run_draws_on_stderr_and_prints_its_summary(self):
        configuration, summary = self.path("run.yaml"), self.path("summary.json")
        with open(configuration, "w", encoding="utf-8") as out:
            out.write("run: screen\nstream: {source: generate, generate: {ladder: arithmetic}}\n"
                      f"learner: {{kind: transformer}}\nladder: arithmetic\ndata: {self.path('data')}\n")
        terminal = self.terminal(command=["/bin/sh", "-c", f"{GRADUS} run --config {configuration} --examples 2000 "
                                          f"--listen 127.0.0.1:0 >{summary}"], columns=60, rows=30)
        self.assertEqual(terminal.wait_for_end(), 0, terminal.lines())
        self.assertIn(ENTER, terminal.raw)
        self.assert_given_back(terminal)
        self.assertTrue(terminal.shows("solve"), terminal.lines())
        with open(summary, encoding="utf-8") as lines:
            self.assertRegex(lines.read(), r'^listening on .*\n\{"run":"screen",.*\}\n$')

    def test_a_failure_is_said_on_the_normal_screen(self):
        records = self.path("records.jsonl")
        with open(records, "w", encoding="utf-8") as out:
            out.write("{\n")
        configuration = self.path("broken.yaml")
        with open(configuration, "w", encoding="utf-8") as out:
            out.write(f"run: broken\nstream: {{source: file, file: {{path: {records}}}}}\n"
                      f"learner: {{kind: transformer}}\nladder: arithmetic\ndata: {self.path('broken')}\n")
        terminal = self.terminal("run", "--config", configuration, "--listen", "127.0.0.1:0")
        self.assertEqual(terminal.wait_for_end(), 1, terminal.lines())
        self.assert_given_back(terminal)
        self.assertTrue(terminal.shows("malformed"), terminal.lines())

    def test_colours_only_where_they_are_wanted(self):
        colour = re.compile(rb"\x1b\[[0-9;]*(3[0-7]|9[0-7])m")
        self.assertRegex(self.watch().raw, colour)
        self.assertNotRegex(self.watch(environment={"NO_COLOR": "1"}).raw, colour)

    def test_a_dumb_terminal_gets_lines(self):
        terminal = self.terminal("watch", self.url, environment={"TERM": "dumb"})
        self.assertTrue(terminal.wait_until(lambda: terminal.shows("| kindergarten")), terminal.lines())
        self.assertNotIn(b"\x1b", terminal.raw)
        terminal.press("\x03")
        self.assertEqual(terminal.wait_for_end(), 0)


if __name__ == "__main__":
    unittest.main()
