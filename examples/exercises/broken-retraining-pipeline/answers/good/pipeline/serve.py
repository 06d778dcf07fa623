"""Answers how long a delivery will take, with the pinned model and the features of training."""

import json
import os

from pipeline import features, model


def pinned(out):
    with open(os.path.join(out, "current.json")) as file:
        return os.path.join(out, "models", json.load(file)["model_version"])


def answer(out, order, kitchen_minutes):
    """Minutes for an order: `{"distance_km": "3.2"}`."""
    fitted = model.load(pinned(out))
    row = {**order, "kitchen_minutes": kitchen_minutes}
    return model.predict(fitted, features.encode(row, fitted["average_distance_km"]))
