import type { Config } from "../config.ts";
import { ADMINISTER } from "../domain/access.ts";
import { eraseCandidateAnswer } from "../mcp/answers/erasure.ts";
import { erasureText } from "../mcp/text/erasure.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

/** Erases a person with all of their applications; without `agreed`, tells what would go. */
export async function erase(
  config: Config,
  input: { readonly application: string; readonly agreed: boolean },
): Promise<void> {
  await withApp(config, { command: "greenflag erase" }, async (app) => {
    const services = await app.services();
    const caller = { client: "greenflag", tool: "erase", access: ADMINISTER, signal: NEVER_CANCELLED };
    const session = await services.startSession(caller);
    const answer = eraseCandidateAnswer(await services.erasures.eraseAgreed(session, input));
    print(erasureText(answer));
    if (answer.erased === undefined) print(`To erase them: greenflag erase ${answer.application} --yes`);
  });
}
