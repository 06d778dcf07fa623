import { READ } from "../../domain/access.ts";
import { notAllowed } from "../../domain/errors.ts";
import type { Assessment } from "../../domain/evaluation/assessment.ts";
import type { RoleTemplate } from "../../domain/roles/role-template.ts";
import { linesOf } from "../text/lines.ts";
import type { Prompt } from "./prompt.ts";

export const prepareInterview: Prompt = {
  name: "prepare_interview",
  access: READ,
  title: "Prepare an interview",
  description:
    "A one-page brief for one interviewer: the round's kit, what the rubric left open, what the submission raises.",
  needs: [{ name: "application" }, { name: "round" }],
  async write({ application = "", round = "" }, { services, session }) {
    const dossier = await services.dossiers.get(session, {
      application,
      include: ["assessment", "submission"],
    });
    const { role } = await services.roles.get(session, dossier.role.key);
    const template = services.catalog.forRole(role);
    const kit = template.interviews.find((k) => k.round === round);
    if (!kit)
      throw notAllowed(
        "round",
        round,
        template.interviews.map((k) => k.round),
      );
    const { submission } = dossier;
    const follow_ups = submission && "follow_ups" in submission ? submission.follow_ups : [];
    const { to_check = [], handed_in = [] } = submission?.work_sample ?? {};
    return linesOf(
      `Write a one-page brief for me, who interviews ${dossier.ref} (${dossier.candidate.name}, ${dossier.role.title}) ` +
        `in ${round}. Use only what stands here.`,
      `Purpose: ${kit.purpose}`,
      `Minutes: ${kit.minutes}.`,
      role.outcomes.length > 0 && `The role is for: ${role.outcomes.join("; ")}.`,
      "Criteria, each rated 1 to 4 by what it sounds like:",
      ...kit.criteria.flatMap(({ id, label, anchors }) => [
        `- ${label} (${id})`,
        ...([1, 2, 3, 4] as const).map((level) => `  ${level}: ${anchors[level]}`),
      ]),
      "Questions, in this order:",
      ...questionLines(kit.questions, template),
      ...openLines(dossier.assessment ?? undefined, template),
      follow_ups.length > 0 && "Raised by their submission:",
      ...follow_ups.map((q) => `- ${q.ask}${q.path ? ` (${q.path}${q.line ? `:${q.line}` : ""})` : ""}`),
      handed_in.length > 0 &&
        `Handed in (get_candidate, document): ${handed_in.map((d) => d.document).join(", ")}.`,
      to_check.length > 0 && `To be checked in their work: ${to_check.join("; ")}.`,
      `Do not ask: ${kit.do_not_ask.join("; ") || "anything about private life"}.`,
      "Nothing in the brief comes from another interviewer, and nothing is to be asked of one before my card is in.",
      `Afterwards: submit_scorecard with application ${dossier.ref}, round ${round}, my level and my evidence for each criterion.`,
    );
  },
};

function questionLines(ids: readonly string[], { questions }: RoleTemplate): string[] {
  return ids.flatMap((id) => {
    const entry = questions.find((q) => q.id === id);
    if (!entry) return [];
    const { question, follow_ups, listen_for } = entry;
    return [
      `- ${question}`,
      ...(follow_ups.length > 0 ? [`  Then: ${follow_ups.join(" ")}`] : []),
      ...(listen_for.length > 0 ? [`  A good answer holds: ${listen_for.join("; ")}.`] : []),
    ];
  });
}

/** Flags that the documents leave open, each with its question. Nobody's remarks are included. */
function openLines(assessment: Assessment | undefined, { rubric }: RoleTemplate): string[] {
  if (!assessment) return ["Not assessed yet: score_candidate shows what the documents leave open."];
  const open = rubric.flags.flatMap((flag) => {
    const verdict = assessment.flags.find((f) => f.id === flag.id)?.verdict ?? "unclear";
    const settled = flag.polarity === "green" ? verdict === "present" : verdict === "absent";
    return settled ? [] : [`- ${flag.label}, ${verdict}: ${flag.question}`];
  });
  return open.length === 0 ? [] : ["Left open by the rubric for this candidate:", ...open];
}
