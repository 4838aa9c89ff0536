"""Records curves of two PyTorch models: torch_digits.csv.gz, torch_modadd.csv.gz.

    pip install torch scikit-learn && python3 tests/progress/data/record_torch.py tests/progress/data

`digits`: a multilayer perceptron (64-32-10, SGD) that reads the digits of scikit-learn (UCI, optical recognition of
handwritten digits). `modadd`: two embeddings and a hidden layer (AdamW with strong weight decay) that add modulo 31; of the
961 pairs 128 are never trained on. 40 probes a doubling from n = 1,024 on; q is the probability of the right
answer. Faults: `stall` has a learning rate of 0, `shuffle` is given answers drawn from those of its batch.
"""
import csv
import gzip
import io
import sys

import torch
from sklearn.datasets import load_digits
from torch import nn

ITEMS, FIRST, PER_DOUBLING, BATCH = 128, 1024, 40, 16
torch.set_num_threads(1)


class ModularSum(nn.Module):
    def __init__(self, modulus, width=64):
        super().__init__()
        self.a, self.b = nn.Embedding(modulus, width), nn.Embedding(modulus, width)
        self.hidden, self.out = nn.Linear(width, 128), nn.Linear(128, modulus)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(self.a(x[:, 0]) + self.b(x[:, 1]))))


def digits():
    data = load_digits()
    x = torch.tensor(data.data, dtype=torch.float32) / 16
    model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    return x, torch.tensor(data.target), model, torch.optim.SGD(model.parameters(), lr=0.01)


def modadd(modulus=31):
    pairs = torch.cartesian_prod(torch.arange(modulus), torch.arange(modulus))
    model = ModularSum(modulus)
    return pairs, pairs.sum(1) % modulus, model, torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.3)


def probe(model, x, y):
    with torch.no_grad():
        log_p = torch.log_softmax(model(x), 1)
    right = log_p[torch.arange(len(y)), y]
    p = right.exp()
    return (log_p.argmax(1) == y).float().mean(), p.mean(), -right.mean(), p.std()


def record(writer, make, name, seed, fault, last):
    torch.manual_seed(seed)
    x, y, model, optimizer = make()
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(4242))
    held_out, trained_on = order[:ITEMS], order[ITEMS:]
    n, count, probed = 0, 0, 0
    while (at := FIRST * 2 ** (count / PER_DOUBLING)) <= last:
        while n < at:
            if name == "stall" and n >= fault:
                optimizer.param_groups[0]["lr"] = 0.0
            batch = trained_on[torch.randint(len(trained_on), (BATCH,))]
            answers = y[batch]
            if name == "shuffle" and n >= fault:
                answers = answers[torch.randperm(BATCH)]
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), answers).backward()
            optimizer.step()
            n += BATCH
        count += 1
        if n == probed:
            continue
        probed = n
        exact, q, loss, sd = (float(v) for v in probe(model, x[held_out], y[held_out]))
        writer.writerow([seed, f"{name}{seed}", n, n, f"{exact:.4f}", f"{q:.5f}", "nan", f"{loss:.4f}", f"{sd:.4f}"])


def main(folder):
    for file, make, fault, last, fault_last in (("torch_digits", digits, 32768, 262144, 131072),
                                                ("torch_modadd", modadd, 90000, 262144, 393216)):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow("seed,task,n,n_task,exact,q,p,logloss,q_sd".split(","))
        for seed in (1, 2, 3):
            for name in ("healthy", "stall", "shuffle"):
                record(writer, make, name, seed, fault, last if name == "healthy" else fault_last)
        with gzip.GzipFile(f"{folder}/{file}.csv.gz", "wb", mtime=0) as out:
            out.write(text.getvalue().encode())


main(sys.argv[1])
