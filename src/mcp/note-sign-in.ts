import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { Session } from "../services/session.ts";

/** More than a team has members and clients in a day. */
const MAX_NOTED = 10_000;

export type NoteSignIn = (services: Services, session: Session) => Promise<void>;

/** Has the first call of each member and client of a day recorded. A call never fails by it. */
export function createSignInNotes(log: Log): NoteSignIn {
  const noted = new Set<string>();
  let day = "";
  return async ({ signIns }, session) => {
    const today = session.now.toISOString().slice(0, 10);
    if (today !== day || noted.size >= MAX_NOTED) noted.clear();
    day = today;
    const key = `${session.member.id} ${session.client}`;
    if (noted.has(key)) return;
    noted.add(key);
    await signIns.noteSignIn(session).catch((error: unknown) => {
      noted.delete(key);
      log.warn({ err: error }, "a sign-in was not recorded");
    });
  };
}
