import unittest
from pathlib import Path

from loadtest.run import report

SERVING = Path(__file__).parents[1] / "serving"


class Serving(unittest.TestCase):
    def test_no_image_moves_by_itself(self):
        for path in SERVING.glob("*.yaml"):
            self.assertNotIn(":latest", path.read_text(), path.name)

    def test_every_workload_is_probed(self):
        for name in ["ranker", "embedder", "gateway", "feature-cache"]:
            self.assertIn("readinessProbe", (SERVING / f"{name}.yaml").read_text(), name)

    def test_the_goal_is_reported_as_held_and_as_missed(self):
        self.assertTrue(report([80] * 99 + [119])["holds"])
        self.assertFalse(report([80] * 90 + [400] * 10)["holds"])
