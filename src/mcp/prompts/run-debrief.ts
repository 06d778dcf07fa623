import type { Prompt } from "./index.ts";

export const runDebrief: Prompt = {
  name: "run_debrief",
  title: "Run a debrief",
  description: "Lead the panel from evidence to a decision that a person makes and can explain later.",
  needs: [{ name: "application" }],
  async write({ application = "" }, { services, caller }) {
    const head = await services.dossiers.get(caller, { application, include: [] });
    return [
      `Lead the debrief of ${head.ref} (${head.candidate.name}, ${head.role.title}).`,
      `1. get_candidate with application ${head.ref}, include assessment, submission, history.`,
      "2. Ask every panel member for their rating and its evidence before anyone hears another's; the most junior speaks first.",
      "3. Lay out, flag by flag, what is shown and what is not. Disagreement comes first, with the evidence on each side.",
      "4. Do not recommend. When I decide, ask me for the reason in a sentence and call move_candidate with it.",
    ].join("\n");
  },
};
