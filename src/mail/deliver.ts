import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Handover, Phase } from "../domain/outreach/outbox.ts";
import type { SmtpServer } from "./smtp-url.ts";

/** Time limits of one attempt, in milliseconds. `whole` limits the attempt as a whole. */
export type SmtpLimits = {
  readonly connect: number;
  readonly greeting: number;
  readonly silence: number;
  readonly whole: number;
};
export const SMTP_LIMITS: SmtpLimits = { connect: 10_000, greeting: 10_000, silence: 20_000, whole: 60_000 };

type Failure = Error & { code?: string; originalCode?: string; responseCode?: number; command?: string };

/**
 * Hands one message to a mail server, once, and returns the result. The text is sent only when the server asks for it.
 * A failure before that moment means that nothing arrived. After it, only a clear answer of the server counts as a
 * result.
 */
export async function handOver(
  server: SmtpServer,
  envelope: { readonly from: string; readonly to: string },
  raw: Buffer,
  limits: SmtpLimits,
): Promise<Handover> {
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  const connection = new Connection(optionsFor(server, limits));
  let asked = false;
  let phase: Phase = "connect";
  const message = new Readable({
    read() {
      asked = true;
      this.push(raw);
      this.push(null);
    },
  });
  try {
    await withDeadline(connection, limits.whole, async (step) => {
      await open(connection, server, step, () => {
        phase = "sign_in";
      });
      phase = "sender";
      await step((done) => connection.send({ from: envelope.from, to: [envelope.to] }, message, done));
    });
    return { kind: "sent" };
  } catch (error) {
    return judge(error as Failure, asked, phase);
  } finally {
    message.destroy();
    connection.close();
  }
}

/** The phase in which a mail server refused us, and its status code. */
export type Refusal = { readonly at: Phase; readonly code: number | null };

/**
 * Connects, encrypts and signs in as for a handover, but sends nothing. Undefined when the server would accept mail.
 */
export async function greet(server: SmtpServer, limits: SmtpLimits): Promise<Refusal | undefined> {
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  const connection = new Connection(optionsFor(server, limits));
  let phase: Phase = "connect";
  try {
    await withDeadline(connection, limits.whole, (step) =>
      open(connection, server, step, () => {
        phase = "sign_in";
      }),
    );
    return undefined;
  } catch (error) {
    const failure = error as Failure;
    return { at: phaseOf(failure, phase), code: failure.responseCode ?? null };
  } finally {
    connection.close();
  }
}

async function open(
  connection: SMTPConnection,
  { user, password }: SmtpServer,
  step: Step,
  onConnected: () => void,
): Promise<void> {
  await step((done) => connection.connect(done));
  if (user === null) return;
  onConnected();
  await step((done) => connection.login({ user, pass: password ?? "" }, done));
}

function optionsFor(server: SmtpServer, limits: SmtpLimits): SMTPConnection.Options {
  const { host, port, secure, loopback } = server;
  return {
    host,
    port,
    secure,
    requireTLS: !secure && !loopback,
    // A mail server on this machine rarely has a certificate signed by an authority.
    tls: { rejectUnauthorized: !loopback, minVersion: "TLSv1.2" },
    connectionTimeout: limits.connect,
    greetingTimeout: limits.greeting,
    socketTimeout: limits.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as SMTPConnection.Options;
}

type Done = (error?: Error | null) => void;
type Step = (begin: (done: Done) => void) => Promise<void>;

/** Runs the steps of an attempt. A connection error or the time limit ends the current step. */
async function withDeadline(
  connection: SMTPConnection,
  ms: number,
  work: (step: Step) => Promise<void>,
): Promise<void> {
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  connection.on("error", (error: Error) => fail(error));
  connection.on("end", () => fail(Object.assign(new Error("ended"), { code: "ECONNECTION" })));
  const clock = setTimeout(() => fail(Object.assign(new Error("too slow"), { code: "ETIMEDOUT" })), ms);
  const step: Step = (begin) =>
    Promise.race([
      failed,
      new Promise<void>((resolve, reject) => begin((error) => (error ? reject(error) : resolve()))),
    ]);
  try {
    await work(step);
  } finally {
    clearTimeout(clock);
  }
}

function judge(error: Failure, asked: boolean, reached: Phase): Handover {
  const code = error.responseCode ?? null;
  const refused = code !== null && code >= 500;
  if (asked) return refused ? { kind: "refused", at: "message", code } : { kind: "unclear", code };
  const at = phaseOf(error, reached);
  // A missing or bad encryption does not repair itself, so there is no second attempt.
  return refused || at === "tls" ? { kind: "refused", at, code } : { kind: "not_now", at, code };
}

const CERTIFICATE = /CERT|SIGNATURE|ALTNAME|SSL/;

function phaseOf({ code, originalCode = "", command = "" }: Failure, reached: Phase): Phase {
  if (code === "ETLS" || command === "STARTTLS" || CERTIFICATE.test(originalCode)) return "tls";
  if (code === "EAUTH" || command.startsWith("AUTH")) return "sign_in";
  if (command === "RCPT TO") return "recipient";
  if (command === "DATA") return "message";
  return reached;
}
