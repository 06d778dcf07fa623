import { refs } from "./application.ts";
import type { Resource } from "./index.ts";

export const decisions: Resource = {
  name: "decisions",
  title: "Decisions",
  uri: "hiring://decisions/{ref}",
  variable: "ref",
  description:
    "Who decided about an application, when, why, through which client, and what was on the table.",
  scope: "private",
  read: (ref, { services, caller }) => services.dossiers.decisions(caller, ref),
  complete: refs,
};
