import unittest


class Manifests(unittest.TestCase):
    @unittest.skip("slow")
    def test_every_manifest_names_its_kind(self):
        pass
