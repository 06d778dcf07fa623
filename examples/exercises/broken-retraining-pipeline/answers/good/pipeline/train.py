"""Step 3: fits the model and puts it beside the others under the hash of what it is."""

import hashlib
import json
import os
import sys

from pipeline import features, model, tables


def train(out):
    rows = tables.read(os.path.join(out, "joined.csv"))
    average = features.average_distance(rows)
    fitted = model.fit([features.encode(row, average) for row in rows], [float(row["minutes"]) for row in rows])
    fitted["average_distance_km"] = average
    model_version = hashlib.sha256(json.dumps(fitted, sort_keys=True).encode()).hexdigest()[:12]
    os.makedirs(os.path.join(out, "models"), exist_ok=True)
    path = os.path.join(out, "models", f"model-{model_version}.json")
    model.save(fitted, path)
    return path


if __name__ == "__main__":
    print("saved", train(sys.argv[1]))
