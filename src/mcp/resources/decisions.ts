import { READ } from "../../domain/access.ts";
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
  read: (ref, { services, session }) => services.dossiers.decisions(session, ref),
  complete: refs,
};
