import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A built-in template's file, as a team would copy it to begin with. */
export const builtIn = (file: string): string =>
  readFileSync(new URL(`../../src/catalog/${file}`, import.meta.url), "utf8");

/** The backend template under the id `own`, changed. */
export const own = (change: (text: string) => string = (text) => text): string =>
  change(builtIn("backend-engineer.yaml").replace("id: backend-engineer", "id: own"));

/** The least that a template can be. */
export const LEAST = `id: own
title: Own
stages:
  - { id: applied, name: Applied, kind: application, goal_days: 3, gate: [assessment] }
  - { id: talk, name: Talk, kind: interview, goal_days: 4, gate: [scorecards] }
  - { id: debrief, name: Debrief, kind: debrief, goal_days: 2, gate: [votes] }
  - { id: offer, name: Offer, kind: offer, goal_days: 5, gate: [] }
rubric:
  vocabulary:
    people: [people, crew]
  flags:
    - id: led_people
      polarity: green
      definition: Says how many people they led.
      examples: { yes: Led 12 people., no: Good with people. }
      conditions:
        - missing: no number of people in it
          any: [{ signal: count, of: "@people" }]
    - id: no_part
      polarity: red
      definition: Their own part never comes up.
      examples: { yes: We delivered. }
`;

/** A directory of a team's with these files in it, gone again when the test is over. */
export function teamDirectory(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "greenflag-templates-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}
