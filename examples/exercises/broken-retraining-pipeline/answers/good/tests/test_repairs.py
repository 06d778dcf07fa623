import os
import tempfile
import unittest
from pathlib import Path

from pipeline import tables
from pipeline.collect import collect
from pipeline.evaluate import promote
from pipeline.join_features import as_of, join
from pipeline.run import run
from pipeline.serve import answer

DATA = str(Path(__file__).parents[1] / "data")
FEATURES = tables.read(os.path.join(DATA, "restaurant_features.csv"))


class Repairs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = folder.name

    def test_no_feature_from_the_future(self):
        self.assertEqual(as_of(FEATURES, "b", "2026-10-08T12:00:00")["kitchen_minutes"], "10")

    def test_no_stale_feature(self):
        self.assertIsNone(as_of(FEATURES, "c", "2026-10-08T12:00:00"))

    def test_a_step_that_runs_twice_leaves_the_same_table(self):
        first = collect(DATA, self.out)
        collect(DATA, self.out)
        self.assertEqual(len(tables.read(os.path.join(self.out, "training.csv"))), first)

    def test_a_missing_holdout_stops_the_run(self):
        path, _ = run(DATA, self.out)
        os.remove(os.path.join(self.out, "holdout_joined.csv"))
        with self.assertRaises(FileNotFoundError):
            promote(self.out, path)

    def test_serving_sees_what_training_saw(self):
        run(DATA, self.out)
        order = join(DATA, self.out)[0]
        self.assertAlmostEqual(answer(self.out, order, order["kitchen_minutes"]), float(order["minutes"]), delta=4)
