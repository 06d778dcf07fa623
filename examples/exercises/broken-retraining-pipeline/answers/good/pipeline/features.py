"""What the model sees of an order: the one place for training and serving."""


def mean(values):
    return sum(values) / len(values)


def average_distance(rows):
    return mean([float(row["distance_km"]) for row in rows if row["distance_km"] != ""])


def encode(row, average):
    """Distance in kilometres and kitchen time in minutes; a missing distance counts as the average of training."""
    distance = float(row["distance_km"]) if row["distance_km"] != "" else average
    return distance, float(row["kitchen_minutes"])
