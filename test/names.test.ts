import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { tools } from "../src/mcp/tools/index.ts";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const linesOf = (file: string): string[] => readFileSync(join(SRC, file), "utf8").split("\n");

/** The edges, where calls have names: the protocol, the commands of the program, and what starts them. */
const isEdge = (file: string): boolean =>
  ["mcp", "commands"].includes(file.split(sep)[0] ?? "") || !file.includes(sep);

/** The three reading engines, which another rewrite turns into data. */
const ENGINES = ["evidence", "role-check", "message-check"].map((name) => join("domain", name) + sep);
const isEngine = (file: string): boolean => ENGINES.some((engine) => file.startsWith(engine));

/** Words that the code had for things, with the design's word for each (docs/GLOSSARY.md). */
const REPLACED: Record<string, string> = {
  Sight: "Visibility",
  sightOf: "visibilityFor",
  seenBy: "accessFilter",
  andSeen: "andAccessible",
  Reach: "Scope",
  requireCase: "loadApplication",
  findCase: "findApplicationRecord",
  placeOf: "statusLabel",
  outWith: "awaitedFromCandidate",
  Owed: "Task",
  owedFor: "pendingTasks",
  unseat: "removeInterviewers",
  seatedIn: "interviewerIds",
  speaksToMachines: "isPromptInjection",
  onTheTable: "evidenceSnapshot",
  isLawfulAddress: "isSafeEmailAddress",
  wayOut: "unsubscribeLinks",
};

describe("names", () => {
  const toolName = new RegExp(`\\b(?:${tools.map(({ name }) => name).join("|")})\\b`);

  it.each(files.filter((file) => !isEdge(file)))("%s names no tool", (file) => {
    expect(linesOf(file).filter((line) => toolName.test(line))).toEqual([]);
  });

  it.each(files.filter((file) => !isEngine(file)))("%s has no line that has to be scrolled", (file) => {
    expect(linesOf(file).filter((line) => line.length > 140)).toEqual([]);
  });

  const replaced = new RegExp(`\\b(?:${Object.keys(REPLACED).join("|")})\\b`);
  it.each(files)("%s uses the design's words", (file) => {
    expect(linesOf(file).filter((line) => replaced.test(line))).toEqual([]);
  });
});
