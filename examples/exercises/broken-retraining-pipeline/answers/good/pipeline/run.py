"""Runs every step in order."""

import sys

from pipeline.collect import collect
from pipeline.evaluate import promote
from pipeline.join_features import join
from pipeline.train import train


def run(data, out):
    collect(data, out)
    join(data, out)
    path = train(out)
    return path, promote(out, path)


if __name__ == "__main__":
    print(*run(*sys.argv[1:3]))
