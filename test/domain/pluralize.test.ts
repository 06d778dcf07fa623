import { expect, it } from "vitest";
import { pluralize } from "../../src/domain/pluralize.ts";

it.each([
  [pluralize(0, "day"), "0 days"],
  [pluralize(1, "day"), "1 day"],
  [pluralize(1.0, "day"), "1 day"],
  [pluralize(0.1, "day"), "0.1 days"],
  [pluralize(21, "day"), "21 days"],
  [pluralize(1, "entry", "entries"), "1 entry"],
  [pluralize(2, "entry", "entries"), "2 entries"],
  [pluralize(1, "manifest was", "manifests were"), "1 manifest was"],
  [pluralize(3, "manifest was", "manifests were"), "3 manifests were"],
])("says %j", (said, expected) => expect(said).toBe(expected));
