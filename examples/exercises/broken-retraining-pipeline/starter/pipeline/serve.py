"""Answers how long a delivery will take."""

import os

from pipeline import model

MILES = 0.621371


def newest(folder):
    paths = [os.path.join(folder, name) for name in os.listdir(folder)]
    return max(paths, key=os.path.getmtime)


def answer(out, order, kitchen_minutes):
    """Minutes for an order: `{"distance_km": "3.2"}`."""
    fitted = model.load(newest(os.path.join(out, "models")))
    distance = float(order["distance_km"] or 0) * MILES
    return model.predict(fitted, (distance, float(kitchen_minutes)))
