"""Reads the latencies of a load test, one request a row, and prints p50 and p99 in milliseconds."""

import csv
import sys


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def latencies(path):
    with open(path, newline="") as file:
        return [float(row["latency_ms"]) for row in csv.DictReader(file)]


if __name__ == "__main__":
    measured = latencies(sys.argv[1])
    print(f"requests {len(measured)}, p50 {percentile(measured, 0.5):.0f} ms, p99 {percentile(measured, 0.99):.0f} ms")
