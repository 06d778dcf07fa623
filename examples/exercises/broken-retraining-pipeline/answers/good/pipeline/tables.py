"""Reading and writing of the small tables that the steps pass on."""

import csv
import os


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def overwrite(path, rows):
    """Writes a whole table in one move: a step that runs twice leaves what it left the first time."""
    with open(f"{path}.part", "w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    os.replace(f"{path}.part", path)
