import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Session } from "./session.ts";
import { note, says } from "./transcript.ts";

export const resume = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../resumes/${name}`, import.meta.url)), "utf8");

const ABSENT = [
  ...["deployed_model_count", "reliability_win", "named_tools_with_versions", "production_on_call"],
  ...["cost_win", "open_source_or_talks", "tutorial_projects"],
];

/** What an assistant makes of Tobias' résumé: a finding for each flag. */
export const TOBIAS_READ = [
  {
    flag: "modeler_resume",
    verdict: "present",
    quotes: ["deployed one model with the help of the platform team"],
  },
  { flag: "vague_language", verdict: "present", quotes: ["Familiar with Kubernetes"] },
  {
    flag: "no_scale_context",
    verdict: "present",
    quotes: ["deployed one model with the help of the platform team"],
  },
  ...ABSENT.map((flag) => ({ flag, verdict: "absent", quotes: [] })),
];

/** A short conversation about one candidate, from résumé to a decision: what the README shows. */
export async function conversation(greenflag: Session): Promise<void> {
  await greenflag.call(
    "open_role",
    {
      template: "mlops-engineer",
      lane: "serving_reliability",
      level: "senior",
      location: "Lisbon",
      outcomes: ["p99 of the ranking endpoints from 900 ms to under 250 ms"],
    },
    { quiet: true },
  );
  const tobias = {
    name: "Tobias Wendt",
    email: "tobias.wendt@example.com",
    resume_text: resume("tobias-wendt.md"),
  };
  const { facts } = await greenflag.call("add_candidate", { role: "MLE", ...tobias }, { quiet: true });
  const application: string = facts.application.ref;

  says("Tobias looks strong on paper. Does he fall short?");
  await greenflag.call("score_candidate", { application }, { lines: 8 });
  note("The assistant reads the résumé, and says what it found.");
  await greenflag.call("score_candidate", { application, findings: TOBIAS_READ }, { lines: 12 });
  says("Reject him, then: modelling, where this role is operations.");
  const reason = "Modelling, where this role is operations";
  await greenflag.call("move_candidate", { application, to: "rejected", reason });
}
