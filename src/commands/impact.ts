import type { Config } from "../config.ts";
import { ADMINISTER } from "../domain/access.ts";
import { pluralize } from "../domain/pluralize.ts";
import { type Answer, QUESTIONS, readAnswer } from "../domain/reports/self-report.ts";
import type { Services } from "../services/services.ts";
import type { Session } from "../services/session.ts";
import { readJsonLines } from "./json-lines.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

const MAX_UNKNOWN_SHOWN = 20;

/** Turns the adverse-impact report on for the workspace. */
export async function turnOn(config: Config): Promise<void> {
  await asAdmin(config, async (session, { impactSettings }) => {
    await impactSettings.turnOn(session);
    return "The impact report is on, for admins. greenflag impact import FILE brings in what applicants said of themselves.";
  });
}

/** Turns it off. With `erase`, the imported answers are deleted as well. */
export async function turnOff(config: Config, { erase }: { erase: boolean }): Promise<void> {
  await asAdmin(config, async (session, { impactSettings }) => {
    await impactSettings.turnOff(session, { erase });
    return `The impact report is off.${erase ? " What applicants said of themselves is deleted." : ""}`;
  });
}

/**
 * Stores answers from JSON Lines. A later answer replaces an earlier one. If any line is wrong, nothing is stored.
 * @throws DomainError `precondition_failed` while the report is off; `invalid` naming the line that is wrong.
 */
export async function importAnswers(config: Config, { file }: { file: string }): Promise<void> {
  const answers = readFile(file);
  await asAdmin(config, async (session, { impactSettings }) => {
    const { stored, unknown } = await impactSettings.importAnswers(session, answers);
    const more = unknown.length > MAX_UNKNOWN_SHOWN ? " and more" : "";
    const some =
      unknown.length > 0 ? ` Not known here: ${unknown.slice(0, MAX_UNKNOWN_SHOWN).join(", ")}${more}.` : "";
    return `${pluralize(stored, "answer")} stored.${some}`;
  });
}

function readFile(file: string): Answer[] {
  const example = `A line looks like {"application": "MLE-7", "sex": "female"}; questions are ${QUESTIONS.join(", ")}.`;
  return readJsonLines(file, readAnswer, { what: "answer", example }).flatMap(({ answers }) => answers);
}

/** One act of an admin, on record; prints what came of it. */
const asAdmin = (
  config: Config,
  work: (session: Session, services: Services) => Promise<string>,
): Promise<void> =>
  withApp(config, { command: "greenflag impact" }, async (app) => {
    const services = await app.services();
    const caller = { client: "greenflag", tool: "impact", access: ADMINISTER, signal: NEVER_CANCELLED };
    print(await work(await services.startSession(caller), services));
  });
