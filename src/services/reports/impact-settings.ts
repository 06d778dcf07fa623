import { DomainError } from "../../domain/errors.ts";
import type { Answer } from "../../domain/reports/self-report.ts";
import {
  isImpactOn,
  saveSelfReports,
  turnImpactOff,
  turnImpactOn,
} from "../../store/reports/self-reports.ts";
import type { Session } from "../session.ts";

/** Turns the adverse-impact report on for the workspace. */
async function turnOn(session: Session): Promise<void> {
  const { workspaceId, member, now } = session;
  await session.write(async (tx) => {
    await turnImpactOn(tx, workspaceId, member.id, now);
    await session.record(tx, workspaceId, "impact.on", {});
  });
}

/** Turns it off; with `erase`, what was imported goes as well. */
async function turnOff(session: Session, { erase }: { readonly erase: boolean }): Promise<void> {
  const { workspaceId } = session;
  await session.write(async (tx) => {
    await turnImpactOff(tx, workspaceId, erase);
    await session.record(tx, workspaceId, "impact.off", { erase });
  });
}

/**
 * Stores what applicants said of themselves, a later answer over an earlier; all of it or nothing.
 * @throws DomainError `precondition_failed` while the report is off.
 */
async function importAnswers(
  session: Session,
  answers: readonly Answer[],
): Promise<{ readonly stored: number; readonly unknown: readonly string[] }> {
  const { workspaceId } = session;
  return session.write(async (tx) => {
    if (!(await isImpactOn(tx, workspaceId)))
      throw new DomainError(
        "precondition_failed",
        "The impact report is off.",
        "Turn it on first: greenflag impact on.",
      );
    const unknown = await saveSelfReports(tx, workspaceId, answers);
    const stored = answers.filter((answer) => !unknown.includes(answer.ref)).length;
    await session.record(tx, workspaceId, "impact.import", { answers: stored, unknown: unknown.length });
    return { stored, unknown };
  });
}

export const impactSettings = { turnOn, turnOff, importAnswers };
