import { checkDraft } from "../message-check/check.ts";
import type { DraftFacts } from "../message-check/rule.ts";

/** Whether a line of a résumé can be quoted without making the message fail its checks. */
export const isFitToCite = (quote: string): boolean =>
  !checkDraft({ subject: "", body: `"${quote}"`, purpose: "status_update" }, NOBODY).some(
    (finding) => finding.severity === "error" && finding.rule !== "unsupported_number",
  );
const NOBODY: DraftFacts = {
  recipientName: "",
  roleTitle: "",
  allowedNumbers: [],
  otherCandidates: [],
  salaryRequired: false,
  salary: null,
  allowedHosts: [],
  now: new Date(0),
  unsolicited: false,
  note: null,
};
