#!/usr/bin/env python3
"""How long scrapes of /metrics take beside crowds of clients.

    build/release/gradus demo --pace none --listen 127.0.0.1:9630 > /dev/null &
    tests/bench/crowd_bench.py 9630

For each kind of crowd: the first scrape that connects behind all of its clients, and the scrapes
that another process makes one after the other from before its first client until a second after
its last. Figures are in docs/testing.md.
"""
import multiprocessing
import resource
import socket
import sys
import time

PAGE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
HISTORY = b"GET /api/v1/history?task=add1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
SCRAPE = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

# What each client sends, and whether it closes at once without reading.
CROWDS = {
    "silent": (b"", False),
    "half a request": (PAGE[:30], False),
    "one request, unread": (PAGE, False),
    "one request, gone": (PAGE, True),
    "one curve, unread": (HISTORY, False),
    "one curve, gone": (HISTORY, True),
    "40 pipelined, unread": (PAGE * 40, False),
    "40 pipelined, gone": (PAGE * 40, True),
    "40 curves pipelined, gone": (HISTORY * 40, True),
}


def scrape(port):
    """Seconds of one scrape on a connection of its own; infinite where it fails."""
    start = time.monotonic()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
            client.sendall(SCRAPE)
            answer = b""
            while part := client.recv(1 << 16):
                answer += part
    except OSError:
        return float("inf")
    return time.monotonic() - start if answer.startswith(b"HTTP/1.1 200") else float("inf")


def scrape_until(port, end, results):
    taken = []
    while not end.is_set():
        taken.append(scrape(port))
        time.sleep(0.01)
    results.put(taken)


def measure(port, clients, sent, leaves):
    end, results = multiprocessing.Event(), multiprocessing.Queue()
    beside = multiprocessing.Process(target=scrape_until, args=(port, end, results))
    beside.start()
    held = []
    for _ in range(clients):
        client = socket.create_connection(("127.0.0.1", port), timeout=60)
        try:
            client.sendall(sent)
        except OSError:
            pass  # its place was taken
        if leaves:
            client.close()
        else:
            held.append(client)
    first = scrape(port)
    time.sleep(1)
    end.set()
    taken = sorted(results.get())
    beside.join()
    for client in held:
        client.close()
    return first, taken


def main():
    port = int(sys.argv[1])
    clients = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * clients + 100), hard))
    alone = sorted(scrape(port) for _ in range(100))
    print(f"alone: median {alone[50]:.3f} s, p99 {alone[98]:.3f} s")
    for name, (sent, leaves) in CROWDS.items():
        first, taken = measure(port, clients, sent, leaves)
        p99 = taken[int(len(taken) * 0.99)]
        failed = taken.count(float("inf"))
        print(f"{name}: first behind {first:.3f} s; beside: {len(taken)} scrapes, "
              f"{failed} failed, p99 {p99:.3f} s, worst {taken[-1]:.3f} s", flush=True)


if __name__ == "__main__":
    main()
