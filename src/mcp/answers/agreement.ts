import { Agreement } from "../../domain/statistics/agreement.ts";
import { agreementText } from "../text/statistics.ts";

/** A row of a report, in the agreement report with its coefficient in words. */
export function withAgreementText(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const agreement = Agreement.safeParse(row);
  return agreement.success ? { ...row, reading: agreementText(agreement.data) } : { ...row };
}
