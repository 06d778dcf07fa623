import { expect, it } from "vitest";
import { counted } from "../../src/domain/counted.ts";

it.each([
  [counted(0, "day"), "0 days"],
  [counted(1, "day"), "1 day"],
  [counted(1.0, "day"), "1 day"],
  [counted(0.1, "day"), "0.1 days"],
  [counted(21, "day"), "21 days"],
  [counted(1, "entry", "entries"), "1 entry"],
  [counted(2, "entry", "entries"), "2 entries"],
  [counted(1, "manifest was", "manifests were"), "1 manifest was"],
  [counted(3, "manifest was", "manifests were"), "3 manifests were"],
])("says %j", (said, expected) => expect(said).toBe(expected));
