"""Step 3: fits the model and puts it beside the others."""

import os
import sys
import time

from pipeline import features, model, tables


def train(out):
    rows = tables.read(os.path.join(out, "joined.csv"))
    fitted = model.fit(features.encode(rows), [float(row["minutes"]) for row in rows])
    os.makedirs(os.path.join(out, "models"), exist_ok=True)
    path = os.path.join(out, "models", f"model-{int(time.time())}.json")
    model.save(fitted, path)
    return path


if __name__ == "__main__":
    print("saved", train(sys.argv[1]))
