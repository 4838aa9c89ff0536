#!/usr/bin/env python3
"""How soon the demo's faults are reported beside two busy loops, over seeds.

    tests/bench/fault_bench.py build/release/gradus [SEEDS]      10 where none is given; half an hour

Each seed learns 320,000 examples once. Each of README's faults strikes a copy of that, but for silence, which strikes a
new demo. What must be reported is what scripts/check_readme wants, within two minutes and two doublings of the
examples. The first three seeds also learn to 640,000 without a fault: nothing may be called stalled or regressing.
Prints a table of Markdown; it stands in docs/testing.md.
"""
import importlib.machinery
import importlib.util
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
STRUCK, SILENT, HEALTHY_END = 320_000, 20_000, 640_000
SECONDS, DOUBLINGS = 120, 2


def check_readme():
    path = os.path.join(HERE, "..", "..", "scripts", "check_readme")
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("check_readme", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_readme", loader))
    loader.exec_module(module)
    return module


def demo(gradus, data, seed, *more):
    return subprocess.Popen([gradus, "demo", "--data", data, "--seed", str(seed), "--pace", "none", "--listen",
                             "127.0.0.1:0", *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def kept(data):
    with open(os.path.join(data, "progress.json"), encoding="utf-8") as text:
        return json.load(text)


def asked(url):
    with urllib.request.urlopen(url + "/api/v1/progress", timeout=60) as answer:
        return json.load(answer)


def drain(process):
    """What it prints must not fill its pipe."""
    subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)


def strike(gradus, data, seed, kind, step, wanted):
    """Seconds and doublings from the fault to the last verdict that was wanted, and what is missing after all."""
    process = demo(gradus, data, seed, "--fault", f"{kind}@{step}")
    url = process.stdout.readline().split()[-1]
    drain(process)
    struck = None
    try:
        while True:
            now = asked(url)
            if now["step"] >= step and struck is None:
                struck = time.monotonic()
            if kind == "silence":
                missing = [] if (now["stream"] or {}).get("silent_seconds") else ["no records"]
            else:
                missing = [task["task"] for task in now["tasks"] if task["verdict"] not in wanted.get(task["task"], task["verdict"])]
            seconds = time.monotonic() - struck if struck else 0
            doublings = math.log2(max(1, now["step"] / step))
            if struck and (not missing or seconds > SECONDS or doublings > DOUBLINGS):
                others = [task["task"] for task in now["tasks"]
                          if kind == "shuffle" and task["verdict"] == "regressing" and task["task"] not in wanted]
                return seconds, doublings, missing + others
            time.sleep(0.1)
    finally:
        process.terminate()
        process.wait()


def main():
    gradus, seeds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10
    expected_verdicts = check_readme().expected_verdicts
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    results = {kind: [] for kind in ("stall", "shuffle", "forget", "diverge", "silence")}
    healthy = []
    try:
        for seed in range(1, seeds + 1):
            with tempfile.TemporaryDirectory() as folder:
                grown = os.path.join(folder, "grown")
                process = demo(gradus, grown, seed, "--examples", str(STRUCK))
                process.communicate()
                before = kept(grown)
                for kind in results:
                    data = os.path.join(folder, kind)
                    if kind == "silence":
                        found = strike(gradus, data, seed, kind, SILENT, {})
                    else:
                        shutil.copytree(grown, data)
                        found = strike(gradus, data, seed, kind, STRUCK, expected_verdicts(kind, before))
                    results[kind].append(found)
                    print(f"seed {seed} {kind}: {found[0]:.1f} s, {found[1]:.2f} doublings, missing {found[2]}",
                          file=sys.stderr, flush=True)
                if seed <= 3:
                    said, _ = demo(gradus, grown, seed, "--examples", str(HEALTHY_END)).communicate()
                    healthy.append([line for line in said.splitlines() if " is stalled" in line or " is regressing" in line])
                    print(f"seed {seed} healthy: {healthy[-1]}", file=sys.stderr, flush=True)
    finally:
        for loop in loops:
            loop.kill()
    print("| fault | reported | seconds after it: median, most | doublings after it: median, most |\n|---|---|---|---|")
    for kind, found in results.items():
        seconds, doublings = [each[0] for each in found], [each[1] for each in found]
        good = sum(not each[2] and each[0] <= SECONDS and each[1] <= DOUBLINGS for each in found)
        print(f"| {kind} | {good} of {len(found)} | {statistics.median(seconds):.0f}, {max(seconds):.0f} | "
              f"{statistics.median(doublings):.2f}, {max(doublings):.2f} |")
    print(f"\nHealthy: {sum(not each for each in healthy)} of {len(healthy)} seeds without a false alarm.")


if __name__ == "__main__":
    main()
