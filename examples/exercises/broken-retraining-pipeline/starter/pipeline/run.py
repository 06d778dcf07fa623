"""Runs every step in order."""

import sys

from pipeline.collect import collect
from pipeline.evaluate import evaluate
from pipeline.join_features import join
from pipeline.train import train


def run(data, out):
    collect(data, out)
    join(data, out)
    path = train(out)
    return path, evaluate(out, path)


if __name__ == "__main__":
    path, passed = run(*sys.argv[1:3])
    print(path, "passed" if passed else "failed")
