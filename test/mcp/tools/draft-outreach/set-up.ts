import { useDatabase } from "../../../support/database.ts";
import type { Harness, HarnessOptions } from "../../../support/harness.ts";
import { startWithCandidate } from "../../../support/record.ts";

/** A database for a test file; `begin` starts Greenflag on it with Zoë. */
export function useDrafts() {
  const database = useDatabase();
  const begin = async (more: Partial<HarnessOptions> = {}) =>
    startWithCandidate({ store: await database.workspace(), ...more });
  return { database, begin };
}

export const pay = (greenflag: Harness) =>
  greenflag.ok("update_role", {
    role: "MLE",
    comp_min: 170000,
    comp_max: 205000,
    outcomes: ["p99 from 900 ms to 250 ms"],
  });
export const moveTo = async (greenflag: Harness, to: string) => {
  const move = { application: "MLE-1", to, override: true, reason: "For the test" };
  const { confirmation } = await greenflag.ok("move_candidate", move);
  if (confirmation) await greenflag.ok("move_candidate", { ...move, confirm: confirmation.code });
};
export const assign = (greenflag: Harness, due = "2026-12-01") =>
  greenflag.ok("assign_exercise", {
    application: "MLE-1",
    exercise: "overprovisioned-serving",
    repository: "https://github.com/acme/serving/pull/1",
    due,
  });
export const rules = ({ message }: { message: { findings: { rule: string }[] } }) =>
  message.findings.map((finding) => finding.rule);
