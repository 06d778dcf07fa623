import os
import tempfile
import unittest
from pathlib import Path

from pipeline.run import run

DATA = str(Path(__file__).parents[2] / "data")


class Pipeline(unittest.TestCase):
    def test_a_run_leaves_a_model(self):
        with tempfile.TemporaryDirectory() as out:
            path, _ = run(DATA, out)
            self.assertTrue(os.path.exists(path))
