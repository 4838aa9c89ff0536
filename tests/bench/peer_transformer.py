"""The same transformer in PyTorch on one CPU thread: the peer that transformer_bench is held to.

    build/release/gradus produce --ladder arithmetic --count 64000 > records.jsonl
    python3 tests/bench/peer_transformer.py records.jsonl build/release/tests/bench/transformer_bench

Eager mode as one would write it: padded batches of 32, scaled_dot_product_attention, rms_norm, fused
AdamW, the output at answer positions only. With a second argument it alternates with the benchmark, so
that both see the same load, and prints the median ratio of the pairs. Rates are tokens per second of
CPU time; tokens of padding do not count.
"""
import json
import re
import statistics
import subprocess
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

WIDTH, HEADS, LAYERS, BATCH = 64, 4, 2, 32
TOKENS = list("0123456789+-*()= x,") + ["max ", "next ", "copy ", "odd ", "gcd ", " mod ", "END"]
ID = {text: i for i, text in enumerate(TOKENS)}
SPLIT = re.compile("max |next |copy |odd |gcd | mod |.")


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention_gain = nn.Parameter(torch.ones(WIDTH))
        self.mlp_gain = nn.Parameter(torch.ones(WIDTH))
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.wo = nn.Linear(WIDTH, WIDTH, bias=False)
        self.w1 = nn.Linear(WIDTH, 4 * WIDTH, bias=False)
        self.w2 = nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, x):
        batch, length, _ = x.shape
        normed = F.rms_norm(x, (WIDTH,), self.attention_gain, 1e-5)
        q, k, v = self.qkv(normed).view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.wo(attended.transpose(1, 2).reshape(batch, length, WIDTH))
        u = self.w1(F.rms_norm(x, (WIDTH,), self.mlp_gain, 1e-5))
        return x + self.w2(u * torch.sigmoid(1.702 * u))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(len(TOKENS), WIDTH)
        self.positions = nn.Embedding(16, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.gain = nn.Parameter(torch.ones(WIDTH))
        self.output = nn.Linear(WIDTH, len(TOKENS), bias=False)

    def forward(self, tokens, answers):
        x = self.tokens(tokens) + self.positions.weight[: tokens.shape[1]]
        for layer in self.layers:
            x = layer(x)
        return self.output(F.rms_norm(x[answers], (WIDTH,), self.gain, 1e-5))


def read_batches(path):
    """Padded tokens, mask of answer positions, targets and number of real tokens, batch by batch."""
    questions = []
    with open(path) as lines:
        for line in lines:
            record = json.loads(line)
            prompt = [ID[piece] for piece in SPLIT.findall(record["prompt"])]
            answer = [ID[piece] for piece in SPLIT.findall(record["answer"])]
            questions.append((prompt + answer, answer + [ID["END"]]))
    batches = []
    for first in range(0, len(questions) - BATCH + 1, BATCH):
        chunk = questions[first : first + BATCH]
        longest = max(len(inputs) for inputs, _ in chunk)
        tokens = torch.zeros(BATCH, longest, dtype=torch.long)
        answers = torch.zeros(BATCH, longest, dtype=torch.bool)
        for row, (inputs, targets) in enumerate(chunk):
            tokens[row, : len(inputs)] = torch.tensor(inputs)
            answers[row, len(inputs) - len(targets) : len(inputs)] = True
        targets = torch.tensor([token for _, targets in chunk for token in targets])
        batches.append((tokens, answers, targets, sum(len(inputs) for inputs, _ in chunk)))
    return batches


class Trainer:
    def __init__(self):
        self.model = Transformer()
        matrices = [p for layer in self.model.layers for p in layer.parameters() if p.dim() == 2]
        matrices.append(self.model.output.weight)
        decayed = {id(p) for p in matrices}
        others = [p for p in self.model.parameters() if id(p) not in decayed]
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=2.5e-3, betas=(0.9, 0.98), eps=1e-8, fused=True)

    def rate(self, batches):
        start = time.thread_time()
        for tokens, answers, targets, _ in batches:
            self.optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(self.model(tokens, answers), targets).backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
        return sum(batch[3] for batch in batches) / (time.thread_time() - start)


def bench_rate(program):
    run = subprocess.run(
        [program, "--benchmark_filter=TrainAgainstPeak", "--benchmark_format=json"],
        capture_output=True, text=True, check=True)
    return json.loads(run.stdout)["benchmarks"][0]["tokens/s"]


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    batches = read_batches(sys.argv[1])
    trainer = Trainer()
    trainer.rate(batches[:50])  # warm-up
    peer, ours = [], []
    for pair in range(5):
        at = 300 * pair % max(1, len(batches) - 300)
        peer.append(trainer.rate(batches[at : at + 300]))
        line = f"pair {pair + 1}: PyTorch {torch.__version__} {peer[-1]:,.0f} tokens/s"
        if len(sys.argv) > 2:
            ours.append(bench_rate(sys.argv[2]))
            line += f", Gradus {ours[-1]:,.0f} tokens/s, ratio {ours[-1] / peer[-1]:.2f}"
        print(line, flush=True)
    if ours:
        print(f"median ratio {statistics.median(o / p for o, p in zip(ours, peer)):.2f}")


if __name__ == "__main__":
    main()
