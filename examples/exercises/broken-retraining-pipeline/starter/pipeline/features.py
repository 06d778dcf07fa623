"""What the model sees of an order, for training."""


def mean(values):
    return sum(values) / len(values)


def encode(rows):
    """Distance in kilometres and kitchen time in minutes; a missing distance counts as the average one."""
    known = [float(row["distance_km"]) for row in rows if row["distance_km"] != ""]
    average = mean(known)
    return [
        (float(row["distance_km"]) if row["distance_km"] != "" else average, float(row["kitchen_minutes"]))
        for row in rows
    ]
