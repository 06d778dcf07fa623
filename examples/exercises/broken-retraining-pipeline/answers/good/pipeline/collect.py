"""Step 1: takes the finished orders of the week, and holds every fifth back for the evaluation."""

import os
import sys

from pipeline import tables

HOLD_BACK = 5


def collect(data, out):
    os.makedirs(out, exist_ok=True)
    orders = tables.read(os.path.join(data, "orders.csv"))
    held = [order for order in orders if int(order["order_id"]) % HOLD_BACK == 0]
    kept = [order for order in orders if int(order["order_id"]) % HOLD_BACK != 0]
    tables.overwrite(os.path.join(out, "training.csv"), kept)
    tables.overwrite(os.path.join(out, "holdout.csv"), held)
    return len(kept)


if __name__ == "__main__":
    print(collect(*sys.argv[1:3]), "orders")
