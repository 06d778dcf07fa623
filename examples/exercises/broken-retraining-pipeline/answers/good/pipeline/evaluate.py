"""Step 4: keeps a bad model from being served. A failure here stops the run; it never lets a model pass."""

import json
import os
import sys

from pipeline import features, model, tables

LIMIT_MINUTES = 4.0


class Refused(Exception):
    """The model may not serve."""


def evaluate(out, path):
    """The mean error on orders that the model has not seen, in minutes."""
    rows = tables.read(os.path.join(out, "holdout_joined.csv"))
    fitted = model.load(path)
    average = fitted["average_distance_km"]
    errors = [abs(model.predict(fitted, features.encode(row, average)) - float(row["minutes"])) for row in rows]
    return sum(errors) / len(errors)


def promote(out, path):
    """Pins the model that serves; the one before stays named, for going back."""
    error = evaluate(out, path)
    if error >= LIMIT_MINUTES:
        raise Refused(f"{error:.1f} minutes of mean error, {LIMIT_MINUTES} allowed")
    current = os.path.join(out, "current.json")
    before = None
    if os.path.exists(current):
        with open(current) as file:
            before = json.load(file)["model_version"]
    with open(f"{current}.part", "w") as file:
        json.dump({"model_version": os.path.basename(path), "before": before, "mean_error": error}, file)
    os.replace(f"{current}.part", current)
    return error


if __name__ == "__main__":
    print(promote(*sys.argv[1:3]), "minutes of mean error")
