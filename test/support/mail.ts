import { afterAll, beforeEach } from "vitest";
import { type LocalSmtp, startSmtp } from "../../examples/smtp/server.ts";
import type { Store } from "../../src/store/store.ts";
import { useDatabase } from "./database.ts";
import type { Harness, HarnessOptions } from "./harness.ts";
import { startWithCandidate } from "./record.ts";

/** A mail server for a test file, in order and empty before each test. */
export async function useSmtp(): Promise<LocalSmtp> {
  const smtp = await startSmtp();
  afterAll(() => smtp.close());
  beforeEach(() => {
    smtp.fault = undefined;
    smtp.onText = undefined;
    (smtp.received as unknown[]).length = 0;
  });
  return smtp;
}

export const FROM = "hiring@acme.example";

/** A database and a mail server for a test file; `begin` starts Greenflag on both, with one candidate, Zoë. */
export async function useMail() {
  const database = useDatabase();
  const smtp = await useSmtp();
  async function begin(more: Partial<HarnessOptions> = {}): Promise<{ greenflag: Harness; store: Store }> {
    const store = await database.workspace();
    const mail = { smtpUrl: smtp.url, from: FROM };
    const greenflag = await startWithCandidate({ store, mail, ...more });
    return { greenflag, store };
  }
  return { database, smtp, begin };
}

/** Drafts a status update about Zoë. */
export async function draft(greenflag: Harness, more: object = {}) {
  const { message } = await greenflag.ok("draft_outreach", {
    application: "MLE-1",
    purpose: "status_update",
    ...more,
  });
  return message as { id: string; subject: string; body: string };
}

/** Sends a message as a person does who agrees to it. */
export async function confirm(greenflag: Harness, message: string) {
  const { confirmation } = await greenflag.ok("send_message", { message });
  return greenflag.ok("send_message", { message, confirm: confirmation.code });
}

/** Turns the clock on. */
export const later = (greenflag: Harness, seconds: number) => {
  greenflag.clock.now = new Date(greenflag.clock.now.getTime() + seconds * 1000);
};

/** The message as the dossier tells it. */
export const look = async (greenflag: Harness, message: string) => {
  const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
  return messages.find((m: { id: string }) => m.id === message);
};
