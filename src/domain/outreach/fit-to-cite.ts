import { checkDraft } from "../message-check/check.ts";
import type { DraftFacts } from "../message-check/rule.ts";
import type { Lexicon } from "../text/lexicon.ts";

/** Tells whether a line of a résumé can be quoted without making the message fail its checks. */
export const fitToCite =
  (lexicon: Lexicon) =>
  (quote: string): boolean =>
    !checkDraft({ subject: "", body: `"${quote}"`, purpose: "status_update" }, { ...NOBODY, lexicon }).some(
      (finding) => finding.severity === "error" && finding.rule !== "unsupported_number",
    );

const NOBODY: Omit<DraftFacts, "lexicon"> = {
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
