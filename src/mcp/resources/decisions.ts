import { READ } from "../../domain/access.ts";
import { decisionsAnswer } from "../answers/decisions.ts";
import { refs } from "./application.ts";
import type { Resource } from "./resource.ts";

export const decisions: Resource = {
  name: "decisions",
  title: "Decisions",
  uri: "hiring://decisions/{ref}",
  variable: "ref",
  description:
    "Who decided about an application, when, why, through which client, and what was on the table.",
  scope: "private",
  access: READ,
  read: async (ref, { services, session }) =>
    decisionsAnswer(await services.dossiers.decisions(session, ref)),
  complete: refs,
};
