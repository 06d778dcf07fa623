"""Reading and writing of the small tables that the steps pass on."""

import csv


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def append(path, rows):
    """Adds rows to a table, and begins it with its header when it is new."""
    with open(path, "a", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        if file.tell() == 0:
            writer.writeheader()
        writer.writerows(rows)
