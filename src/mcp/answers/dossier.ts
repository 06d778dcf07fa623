import type { Services } from "../../services/services.ts";
import { decisionAnswer } from "./decisions.ts";
import { hiddenAnswer } from "./hidden.ts";

type Dossier = Awaited<ReturnType<Services["dossiers"]["get"]>>;

/** An application with what is hidden from the reader in words. */
export const dossierAnswer = ({ panel, messages, decisions, ...dossier }: Dossier) => ({
  ...dossier,
  panel: hiddenAnswer(panel),
  ...(messages && { messages: messages.map(hiddenAnswer) }),
  ...(decisions && { decisions: decisions.map(decisionAnswer) }),
});
