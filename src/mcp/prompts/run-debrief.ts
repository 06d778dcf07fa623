import { READ } from "../../domain/access.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Prompt } from "./prompt.ts";

export const runDebrief: Prompt = {
  name: "run_debrief",
  access: READ,
  title: "Run a debrief",
  description: "Lead the panel from evidence to a decision that a person makes and can explain later.",
  needs: [{ name: "application" }],
  async write({ application = "" }, { services, session }) {
    const head = await services.dossiers.get(session, { application, include: [] });
    const { scorecards, votes } = head.panel;
    return [
      `Lead the debrief of ${head.ref} (${head.candidate.name}, ${head.role.title}).`,
      `${scorecards.submitted} of ${pluralize(scorecards.of, "scorecard")} and ${votes.cast} of ${pluralize(votes.of, "vote")} are in.`,
      `1. get_debrief with application ${head.ref}. If scorecards are still to be submitted, name who has to and stop: nobody hears another's rating first.`,
      "2. Dissent comes first, with the evidence on each side; the most junior speaks first.",
      "3. Then criterion by criterion: mean, how many rated it, spread; what only one person saw; what rubric and submission said.",
      "4. Read agreement, leniency and halo with their caveats. Where they are withheld, say so and leave it.",
      "5. Everyone votes with cast_vote before votes are compared.",
      "6. Do not recommend. When I decide, ask me for the reason in a sentence and call move_candidate with it.",
    ].join("\n");
  },
};
