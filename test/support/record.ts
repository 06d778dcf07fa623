import { type Harness, type HarnessOptions, start } from "./harness.ts";

export const RESUME = `# Zoë Okafor
## Experience
- Ran 12 models in production on KServe 0.13.
- On call one week in four, about 2 pages a week.
- Cut GPU spend by 38%, from $80k to $50k a month.
`;

/** A harness with a role MLE and one candidate, MLE-1, at the first stage. */
export async function startWithCandidate(options: HarnessOptions): Promise<Harness> {
  const greenflag = await start(options);
  await greenflag.ok("open_role", {
    template: "mlops-engineer",
    lane: "serving_reliability",
    level: "senior",
    location: "Lisbon",
  });
  await greenflag.ok("add_candidate", {
    role: "MLE",
    name: "Zoë Okafor",
    email: "zoe@example.test",
    resume_text: RESUME,
  });
  return greenflag;
}
