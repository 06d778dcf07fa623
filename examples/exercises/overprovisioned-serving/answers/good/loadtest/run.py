"""Reads the latencies of a load test, one request a row, and says whether the goal of 120 ms at p99 holds."""

import csv
import sys

GOAL_MS = 120


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(measured):
    p99 = percentile(measured, 0.99)
    return {"requests": len(measured), "p50": percentile(measured, 0.5), "p99": p99, "holds": p99 < GOAL_MS}


def latencies(path):
    with open(path, newline="") as file:
        return [float(row["latency_ms"]) for row in csv.DictReader(file)]


if __name__ == "__main__":
    result = report(latencies(sys.argv[1]))
    print(result)
    sys.exit(0 if result["holds"] else 1)
