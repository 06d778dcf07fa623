import type { Config } from "../config.ts";
import { ADMINISTER, may } from "../domain/access.ts";
import { DomainError } from "../domain/errors.ts";
import type { Member } from "../domain/member.ts";
import { pluralize } from "../domain/pluralize.ts";
import { type Answer, QUESTIONS, readAnswer } from "../domain/reports/self-report.ts";
import { appendEvent } from "../store/events.ts";
import { isImpactOn, saveSelfReports, turnImpactOff, turnImpactOn } from "../store/reports/self-reports.ts";
import type { Db, Store } from "../store/store.ts";
import { actingMember } from "../store/team/workspaces.ts";
import { readJsonLines } from "./json-lines.ts";
import { print } from "./terminal.ts";
import { withApp } from "./with-app.ts";

/** Turns the adverse-impact report on for the workspace. */
export async function turnOn(config: Config): Promise<void> {
  await asAdmin(config, async ({ store, admin, tx, record }) => {
    await turnImpactOn(tx, store.workspaceId, admin.id, new Date());
    await record("impact.on", {});
    return "The impact report is on, for admins. greenflag impact import FILE brings in what applicants said of themselves.";
  });
}

/** Turns it off. With `erase`, the imported answers are deleted as well. */
export async function turnOff(config: Config, { erase }: { erase: boolean }): Promise<void> {
  await asAdmin(config, async ({ store, tx, record }) => {
    await turnImpactOff(tx, store.workspaceId, erase);
    await record("impact.off", { erase });
    return `The impact report is off.${erase ? " What applicants said of themselves is deleted." : ""}`;
  });
}

/**
 * Stores answers from JSON Lines. A later answer replaces an earlier one. If any line is wrong, nothing is stored.
 * @throws DomainError `precondition_failed` while the report is off; `invalid` naming the line that is wrong.
 */
export async function importAnswers(config: Config, { file }: { file: string }): Promise<void> {
  const answers = readFile(file);
  await asAdmin(config, async ({ store, tx, record }) => {
    if (!(await isImpactOn(tx, store.workspaceId)))
      throw new DomainError(
        "precondition_failed",
        "The impact report is off.",
        "Turn it on first: greenflag impact on.",
      );
    const unknown = await saveSelfReports(tx, store.workspaceId, answers);
    const stored = answers.filter((a) => !unknown.includes(a.ref)).length;
    await record("impact.import", { answers: stored, unknown: unknown.length });
    const some =
      unknown.length > 0
        ? ` Not known here: ${unknown.slice(0, 20).join(", ")}${unknown.length > 20 ? " and more" : ""}.`
        : "";
    return `${pluralize(stored, "answer")} stored.${some}`;
  });
}

function readFile(file: string): Answer[] {
  const example = `A line looks like {"application": "MLE-7", "sex": "female"}; questions are ${QUESTIONS.join(", ")}.`;
  return readJsonLines(file, readAnswer, { what: "answer", example }).flatMap(({ answers }) => answers);
}

type AtWork = {
  readonly store: Store;
  readonly admin: Member;
  readonly tx: Db;
  record(kind: string, payload: Record<string, unknown>): Promise<void>;
};

/** Runs one administrative action in one transaction, records it, and prints its result. */
const asAdmin = (config: Config, work: (at: AtWork) => Promise<string>): Promise<void> =>
  withApp(config, { command: "greenflag impact" }, async (app) => {
    const store = await app.store();
    const { workspaceId } = store;
    const done = await store.write(new AbortController().signal, async (tx) => {
      const admin = await actingMember(tx, workspaceId, config.member);
      if (!admin || !may(admin, ADMINISTER))
        throw new DomainError(
          "forbidden",
          "Only an admin may do this.",
          "Set GREENFLAG_MEMBER to one; greenflag member list shows the team.",
        );
      const record = (kind: string, payload: Record<string, unknown>) =>
        appendEvent(tx, {
          workspaceId,
          chainId: workspaceId,
          at: new Date(),
          kind,
          memberId: admin.id,
          client: "greenflag",
          tool: "impact",
          payload,
        });
      return work({ store, admin, tx, record });
    });
    print(done);
  });
