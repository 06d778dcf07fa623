"""Step 2: adds what was known of the restaurant at the time of every order."""

import datetime
import os
import sys

from pipeline import tables

MAX_AGE = datetime.timedelta(days=14)


class StaleFeatures(Exception):
    """Too many orders have no feature that was fresh when they were made."""


def as_of(features, restaurant, event_time):
    """The newest row that was known at the event, unless it is older than MAX_AGE."""
    moment = datetime.datetime.fromisoformat(event_time)
    known = [
        row
        for row in features
        if row["restaurant"] == restaurant
        and moment - MAX_AGE <= datetime.datetime.fromisoformat(row["feature_time"]) <= moment
    ]
    return max(known, key=lambda row: row["feature_time"], default=None)


def join_table(features, orders):
    """Orders with a fresh feature, and how many had only a stale one."""
    joined = []
    for order in orders:
        feature = as_of(features, order["restaurant"], order["event_time"])
        if feature is not None:
            joined.append({**order, "kitchen_minutes": feature["kitchen_minutes"]})
    return joined, len(orders) - len(joined)


def join(data, out, most_stale=0.5):
    features = tables.read(os.path.join(data, "restaurant_features.csv"))
    for name, target in [("training", "joined"), ("holdout", "holdout_joined")]:
        orders = tables.read(os.path.join(out, f"{name}.csv"))
        joined, stale = join_table(features, orders)
        print(f"{name}: {stale} of {len(orders)} orders have only stale features")
        if stale > most_stale * len(orders):
            raise StaleFeatures(f"{stale} of {len(orders)}")
        tables.overwrite(os.path.join(out, f"{target}.csv"), joined)
    return tables.read(os.path.join(out, "joined.csv"))


if __name__ == "__main__":
    print(len(join(*sys.argv[1:3])), "rows joined")
