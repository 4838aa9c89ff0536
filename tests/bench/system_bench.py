#!/usr/bin/env python3
"""Measures the built program as a whole; prints one line for each figure.

  tests/bench/system_bench.py GRADUS monitoring   learner throughput with probes, metrics and a scrape a second,
                                                  against the same run without: alternating pairs, median ratio
  tests/bench/system_bench.py GRADUS scrape       time of /metrics while learning at full rate
  tests/bench/system_bench.py GRADUS pages        learner throughput with 50 open pages against the same run without:
                                                  alternating pairs, median ratio
  tests/bench/system_bench.py GRADUS stream       real Kafka -> JSON -> linear learner, 20 attributes
  tests/bench/system_bench.py GRADUS memory       resident memory over ten million records

Run it on a machine that does nothing else. Absolute rates are for reading; only ratios are compared.
"""
import gzip, http.client, json, os, random, re, statistics, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
BROKER = os.path.join(HERE, "..", "..", "scripts", "broker")


def start(gradus, config, folder, *arguments):
    path = os.path.join(folder, "gradus.yaml")
    with open(path, "w") as out:
        out.write(config)
    process = subprocess.Popen([gradus, "run", "--config", path, "--listen", "127.0.0.1:0", *arguments],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    first = process.stdout.readline()
    return process, int(re.search(r":(\d+)$", first.strip()).group(1))


def finish(process):
    out = process.stdout.read()
    if process.wait() != 0:
        raise SystemExit("gradus failed")
    return json.loads(out.strip().splitlines()[-1])


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    began = time.perf_counter()
    connection.request("GET", path)
    body = connection.getresponse().read()
    taken = time.perf_counter() - began
    connection.close()
    return taken, body.decode()


def scrape_until_end(process, port, every, times, pages):
    """Scrapes over one connection that is kept, as Prometheus does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    while process.poll() is None:
        try:
            began = time.perf_counter()
            connection.request("GET", "/metrics")
            pages[:] = [connection.getresponse().read().decode()]
            times.append(time.perf_counter() - began)
        except (OSError, http.client.HTTPException):
            return
        time.sleep(every)


def ladder_below(folder, tier):
    """The arithmetic ladder without this tier and those above it."""
    with open(os.path.join(HERE, "..", "..", "ladders", "data", "arithmetic.yaml")) as source:
        whole = source.read()
    path = os.path.join(folder, "lower.yaml")
    with open(path, "w") as out:
        out.write(whole[: whole.index(f"  - name: {tier}\n")])
    return path


def text_file(gradus, folder, count, ladder="arithmetic"):
    path = os.path.join(folder, "examples.jsonl")
    subprocess.run([gradus, "produce", "--ladder", ladder, "--count", str(count), "--out", path],
                   check=True, stderr=subprocess.DEVNULL)
    return path


def run_file(gradus, folder, path, name, monitored):
    config = f"run: {name}\nstream: {{source: file, file: {{path: {path}}}}}\nlearner: {{kind: transformer}}\n"
    config += f"data: {folder}/{name}\n" + ("ladder: arithmetic\n" if monitored else "")
    process, port = start(gradus, config, folder, "--until-end")
    times, pages = [], []
    scraper = threading.Thread(target=scrape_until_end, args=(process, port, 1, times, pages))
    if monitored:
        scraper.start()
    summary = finish(process)
    if monitored:
        scraper.join()
    return summary["examples_per_second"]


def monitoring(gradus, folder):
    path = text_file(gradus, folder, 600_000)
    ratios = []
    for pair in range(5):
        order = [True, False] if pair % 2 == 0 else [False, True]
        rates = {m: run_file(gradus, folder, path, f"pair{pair}{m}", m) for m in order}
        ratios.append(rates[True] / rates[False])
        print(f"pair {pair}: with {rates[True]:.0f}, without {rates[False]:.0f} examples/s, ratio {ratios[-1]:.3f}", flush=True)
    print(f"monitoring costs {100 * (1 - statistics.median(ratios)):.1f} % of learner throughput (median of {len(ratios)} pairs; goal <= 5 %)")


def scrape(gradus, folder):
    ladder = ladder_below(folder, "high")
    path = text_file(gradus, folder, 300_000, ladder)
    config = f"run: scrape\nstream: {{source: file, file: {{path: {path}}}}}\nlearner: {{kind: transformer}}\nladder: {ladder}\ndata: {folder}/scrape\n"
    process, port = start(gradus, config, folder, "--until-end")
    times, pages = [], []
    scrape_until_end(process, port, 0.02, times, pages)
    finish(process)
    series = sum(1 for line in pages[0].splitlines() if line and not line.startswith("#"))
    times.sort()
    print(f"{len(times)} scrapes of {series} series under full load: median {1e3 * times[len(times) // 2]:.2f} ms, "
          f"p99 {1e3 * times[int(len(times) * .99)]:.2f} ms (goal <= 5 ms for 500 series)")


def follow(port):
    """What an open page does: takes every event until the server says goodbye."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/api/v1/events")
    response = connection.getresponse()
    try:
        while response.read1(65536):
            pass
    except OSError:
        pass
    connection.close()


def run_with_pages(gradus, folder, path, name, pages):
    config = f"run: {name}\nstream: {{source: file, file: {{path: {path}}}}}\nlearner: {{kind: transformer}}\n"
    config += f"data: {folder}/{name}\nladder: arithmetic\n"
    process, port = start(gradus, config, folder, "--until-end")
    followers = [threading.Thread(target=follow, args=(port,), daemon=True) for _ in range(pages)]
    for follower in followers:
        follower.start()
    return finish(process)["examples_per_second"]


def pages(gradus, folder):
    path = text_file(gradus, folder, 600_000)
    ratios = []
    for pair in range(5):
        order = [50, 0] if pair % 2 == 0 else [0, 50]
        rates = {count: run_with_pages(gradus, folder, path, f"pages{pair}n{count}", count) for count in order}
        ratios.append(rates[50] / rates[0])
        print(f"pair {pair}: with {rates[50]:.0f}, without {rates[0]:.0f} examples/s, ratio {ratios[-1]:.3f}", flush=True)
    print(f"50 open pages cost {100 * (1 - statistics.median(ratios)):.1f} % of learner throughput (median of {len(ratios)} pairs; "
          f"goal <= 2 %; the clients' own work on this machine included)")


def attribute_file(folder, count):
    random.seed(7)
    path = os.path.join(folder, "attributes.jsonl")
    with open(path, "w") as out:
        for _ in range(count):
            values = [random.random() for _ in range(20)]
            label = int(sum(values[:10]) > sum(values[10:]))
            out.write('{"x":[' + ",".join(f"{v:.4f}" for v in values) + f'],"y":{label}}}\n')
    return path


def linear_config(folder, name, stream):
    return f"run: {name}\nstream: {stream}\nlearner: {{kind: linear, classes: 2}}\ndata: {folder}/{name}\n"


def stream(gradus, folder):
    count = 2_000_000
    path = attribute_file(folder, count)
    broker = os.path.join(folder, "broker")
    port = subprocess.run([BROKER, "start", broker], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    try:
        subprocess.run([gradus, "produce", "--from", path, "--brokers", f"127.0.0.1:{port}", "--topic", "attributes"],
                       check=True, stderr=subprocess.DEVNULL)
        rates = []
        for turn in range(5):
            config = linear_config(folder, f"stream{turn}", f'{{source: kafka, kafka: {{brokers: "127.0.0.1:{port}", topic: attributes}}}}')
            process, _ = start(gradus, config, folder, "--until-end")
            summary = finish(process)
            assert summary["examples"] == count, summary
            rates.append(summary["examples_per_second"])
            print(f"run {turn}: {rates[-1]:.0f} examples/s, accuracy {summary['accuracy']:.4f}", flush=True)
        print(f"Kafka -> JSON -> linear, 20 attributes: median {statistics.median(rates):.0f} examples/s (goal >= 250,000)")
    finally:
        subprocess.run([BROKER, "stop", broker], check=False)


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def memory(gradus, folder):
    part = attribute_file(folder, 500_000)
    packed = os.path.join(folder, "ten_million.jsonl.gz")
    with open(part, "rb") as source:
        block = gzip.compress(source.read(), 1)
    with open(packed, "wb") as out:
        for _ in range(20):
            out.write(block)  # members of a gzip file follow one another
    process, port = start(gradus, linear_config(folder, "memory", f"{{source: file, file: {{path: {packed}}}}}"), folder, "--until-end")
    seen = []
    while process.poll() is None:
        try:
            step = float(re.search(r"^gradus_learner_examples_total\S* (\S+)", get(port, "/metrics")[1], re.M).group(1))
            seen.append((step, resident(process.pid)))
        except (OSError, AttributeError, FileNotFoundError):
            pass
        time.sleep(0.25)
    summary = finish(process)
    early = max(m for s, m in seen if s < 2e6)
    late = max(m for s, m in seen if s > 8e6)
    print(f"{summary['examples']} records: resident {early:.1f} MB before 2 million, {late:.1f} MB after 8 million "
          f"({100 * (late / early - 1):+.1f} %)")


if __name__ == "__main__":
    modes = {"monitoring": monitoring, "scrape": scrape, "pages": pages, "stream": stream, "memory": memory}
    if len(sys.argv) != 3 or sys.argv[2] not in modes:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        modes[sys.argv[2]](os.path.abspath(sys.argv[1]), temporary)
