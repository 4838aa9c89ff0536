"""Records curves of a linear learner and of a tree on classic streams: river_linear.csv.gz, river_tree.csv.gz.

    pip install river==0.26.1 && python3 tests/progress/data/record_river.py tests/progress/data

Logistic regression by SGD on standardised features, on a hyperplane of ten attributes, and a Hoeffding tree on the
first Agrawal function (age only) with 5 % noise. 128 items drawn before the stream begins are asked at 40 probes a doubling
from n = 128 on; q is the probability of the right class. Faults at n = 4,096: `stall` learns no more, `shuffle` is
given random labels, `drift` is given those of another concept, while the items keep theirs.
"""
import csv
import gzip
import io
import math
import random
import statistics
import sys

from river import linear_model, optim, preprocessing, tree
from river.datasets import synth

ITEMS, FIRST, FAULT, PER_DOUBLING = 128, 128, 4096, 40
LAST = {"healthy": 65536, "stall": 32768, "shuffle": 16384, "drift": 16384}


def hyperplane(seed, concept):
    """Ten attributes in [0, 1]; which side of a plane through the middle, 5 % turned over."""
    weights_of = random.Random(1000 * seed + concept)
    weights = [weights_of.uniform(-1, 1) for _ in range(10)]
    draw = random.Random(77 * seed)
    while True:
        x = [draw.random() for _ in range(10)]
        y = sum(w * (v - 0.5) for w, v in zip(weights, x)) > 0
        yield dict(enumerate(x)), y != (draw.random() < 0.05)


def agrawal(seed, concept):
    stream = synth.Agrawal(classification_function=0 if concept == 0 else 2, seed=seed, perturbation=0.05)
    for x, y in stream:
        yield x, bool(y)


def linear():
    return preprocessing.StandardScaler() | linear_model.LogisticRegression(optim.SGD(0.003))


def hoeffding():
    return tree.HoeffdingTreeClassifier(grace_period=200, leaf_prediction="nb")


def probe(model, items):
    right = [(p if y else 1 - p) for x, y in items for p in [model.predict_proba_one(x).get(True, 0.5)]]
    losses = [-math.log(min(1, max(p, 1e-6))) for p in right]
    return {
        "exact": sum(p > 0.5 for p in right) / ITEMS,
        "q": statistics.fmean(right),
        "logloss": statistics.fmean(losses),
        "q_sd": statistics.stdev(right),
    }


def record(writer, name, seed, make_stream, make_model):
    stream, model = make_stream(seed, 0), make_model()
    other = make_stream(seed + 500, 1)
    items = [next(stream) for _ in range(ITEMS)]
    luck = random.Random(seed)
    n, count = 0, 0
    while (at := round(FIRST * 2 ** (count / PER_DOUBLING))) <= LAST[name]:
        while n < at:
            n += 1
            x, y = next(other) if name == "drift" and n > FAULT else next(stream)
            if name == "stall" and n > FAULT:
                continue
            if name == "shuffle" and n > FAULT:
                y = luck.random() < 0.5
            model.learn_one(x, y)
        s = probe(model, items)
        writer.writerow([seed, f"{name}{seed}", n, n, f"{s['exact']:.4f}", f"{s['q']:.5f}", "nan",
                         f"{s['logloss']:.4f}", f"{s['q_sd']:.4f}"])
        count += 1


def main(folder):
    for file, make_stream, make_model in (("river_linear", hyperplane, linear), ("river_tree", agrawal, hoeffding)):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow("seed,task,n,n_task,exact,q,p,logloss,q_sd".split(","))
        for seed in (1, 2, 3):
            for name in ("healthy", "stall", "shuffle", "drift"):
                record(writer, name, seed, make_stream, make_model)
        with gzip.GzipFile(f"{folder}/{file}.csv.gz", "wb", mtime=0) as out:
            out.write(text.getvalue().encode())


main(sys.argv[1])
