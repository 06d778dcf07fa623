import { describe, expect, it } from "vitest";
import { isOverGoal, searchKey, statusLabel } from "../../../src/domain/pipeline/application.ts";

const from = new Date("2026-11-01T00:00:00Z");
const later = (hours: number) => new Date(from.getTime() + hours * 3_600_000);

describe("isOverGoal", () => {
  it("is over its goal only after the last moment of it", () => {
    expect(isOverGoal(from, 3, later(72))).toBe(false);
    expect(isOverGoal(from, 3, new Date(later(72).getTime() + 1))).toBe(true);
  });
});

describe("placeOf", () => {
  it("is the stage while active and the end after it", () => {
    expect(statusLabel({ stage: "screen", status: "active" })).toBe("screen");
    expect(statusLabel({ stage: "screen", status: "hired" })).toBe("hired");
  });
});

describe("searchKey", () => {
  it.each([
    ["Inês  MOREIRA ", "ines moreira"],
    ["Bożydar", "bozydar"],
    ["王小明", "王小明"],
    ["ﬁne", "fine"],
    ["Jörg STRAẞE, Straße", "jorg strasse, strasse"],
    ["Łukasz Ørsted Æbelø Đorđe Yıldız Þór Œuvre", "lukasz orsted aebelo dorde yildiz thor oeuvre"],
  ])("folds %j to %j", (name, key) => expect(searchKey(name)).toBe(key));
});
