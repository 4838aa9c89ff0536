"""Times gradus judge on a file of 400 probes and 20 tasks: python3 tests/bench/judge_bench.py build/release/gradus.

Logistic curves, midpoints half a doubling apart, 40 probes a doubling; what is aimed at is below 2 s. Prints the wall
time and processor time of five runs, the report written too. Run by hand.
"""
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

PROBES, TASKS, RUNS = 400, 20, 5


def write_curves(path):
    noise = random.Random(1)
    with open(path, "w") as out:
        out.write("step,task,score,exact,items\n")
        for probe in range(PROBES):
            u = 10 + probe / 40
            for task in range(TASKS):
                score = 1 / (1 + math.exp(-1.5 * (u - 11 - task / 2))) + noise.gauss(0, 0.01)
                score = min(1.0, max(0.0, score))
                out.write(f"{round(2 ** u)},task{task},{score:.4f},{score ** 2:.4f},128\n")


def main(gradus):
    with tempfile.TemporaryDirectory() as folder:
        curves, report = os.path.join(folder, "curves.csv"), os.path.join(folder, "report.html")
        write_curves(curves)
        for _ in range(RUNS):
            before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            subprocess.run([gradus, "judge", curves, "--report", report], check=True, capture_output=True)
            wall, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"{PROBES} probes, {TASKS} tasks: {wall:.2f} s, {spent:.2f} s of the processor")


main(*sys.argv[1:])
