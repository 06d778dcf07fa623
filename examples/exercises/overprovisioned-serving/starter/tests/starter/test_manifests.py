import unittest
from pathlib import Path

SERVING = Path(__file__).parents[2] / "serving"


class Manifests(unittest.TestCase):
    def test_every_manifest_names_its_kind(self):
        for path in SERVING.glob("*.yaml"):
            self.assertIn("kind:", path.read_text(), path.name)

    def test_every_resource_of_the_kustomization_exists(self):
        text = (SERVING / "kustomization.yaml").read_text()
        for line in text.splitlines():
            if line.strip().startswith("- ") and line.strip().endswith(".yaml"):
                self.assertTrue((SERVING / line.strip()[2:]).exists(), line)
