import { notAllowed } from "../../domain/errors.ts";
import type { Prompt } from "./index.ts";

export const prepareInterview: Prompt = {
  name: "prepare_interview",
  title: "Prepare an interview",
  description:
    "A one-page brief for one interviewer: the round's kit and what the rubric left open for this candidate.",
  needs: [{ name: "application" }, { name: "round" }],
  async write({ application = "", round = "" }, { services, caller }) {
    const head = await services.dossiers.get(caller, { application, include: [] });
    const { role } = await services.roles.get(caller, head.role.key);
    const { interviews, questions } = services.catalog.get(role.template);
    const kit = interviews.find((k) => k.round === round);
    if (!kit)
      throw notAllowed(
        "round",
        round,
        interviews.map((k) => k.round),
      );
    return [
      `Write a one-page brief for the interviewer of ${head.ref} (${head.candidate.name}), round ${round}.`,
      `Purpose: ${kit.purpose}`,
      kit.minutes === undefined ? "" : `Minutes: ${kit.minutes}.`,
      "Criteria, each rated 1 to 4 against its anchors:",
      ...kit.criteria.map((c) => `- ${c.label}. 1: ${c.anchors[1]} 4: ${c.anchors[4]}`),
      "Questions:",
      ...questions
        .filter((q) => q.round === round)
        .map((q) => `- ${q.question} Listen for: ${q.listen_for.join("; ")}.`),
      `Do not ask: ${kit.do_not_ask.join("; ") || "anything about private life"}.`,
      `Then read get_candidate (application ${head.ref}, include assessment) and add at most three questions on flags that are`,
      "unclear or absent, each with the quote or the gap behind it. Use nothing another interviewer said or wrote.",
    ].join("\n");
  },
};
