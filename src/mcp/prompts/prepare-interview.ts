import { READ } from "../../domain/access.ts";
import { briefOfRound } from "../answers/brief.ts";
import { briefText } from "../text/brief.ts";
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
    const { brief, ...dossier } = await services.dossiers.get(session, {
      application,
      include: ["brief"],
      round,
    });
    return linesOf(
      `Write a one-page brief for me, who interviews ${dossier.ref} (${dossier.candidate.name}, ${dossier.role.title}) ` +
        `in ${round}. Use only what stands here.`,
      brief && briefText(briefOfRound(brief)),
      "Nothing in the brief comes from another interviewer, and nothing is to be asked of one before my card is in.",
      `Afterwards: submit_scorecard with application ${dossier.ref}, round ${round}, my level and my evidence for each criterion.`,
    );
  },
};
