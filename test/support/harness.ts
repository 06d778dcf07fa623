import type { CalendarReader } from "../../src/calendar/read.ts";
import { type Catalog, loadCatalog } from "../../src/catalog/load.ts";
import { createGithub, type Github } from "../../src/github/client.ts";
import { createLog } from "../../src/log.ts";
import type { SmtpLimits } from "../../src/mail/deliver.ts";
import { createMailer } from "../../src/mail/mailer.ts";
import type { ConfirmMode } from "../../src/mcp/confirm.ts";
import { createMcpFetch } from "../../src/mcp/fetch.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { createDispatcher, type Dispatcher } from "../../src/services/outreach/dispatcher.ts";
import { createServices, type Services } from "../../src/services/services.ts";
import { createFrameReader, messageFrame, readMessage } from "../../src/sharing/frames.ts";
import { mapOperations } from "../../src/sharing/operations.ts";
import type { Store } from "../../src/store/store.ts";
import { type Answering, type AnyClient, connect, type Era } from "./clients.ts";
import { requireSameFacts } from "./same-facts.ts";
import { requireNamedFields } from "./strict.ts";
import type { AnswerOf, ToolName } from "./told.ts";

export type Harness = AnyClient & {
  /** The clock that the server reads; tests turn it. */
  readonly clock: { now: Date };
  /** Sends what is due by the clock; the tests run it, where a server runs it by itself. */
  readonly dispatcher: Dispatcher;
  /** As `call`, and the answer must not be a refusal. */
  ok<N extends ToolName>(name: N, args?: object): Promise<AnswerOf<N>>;
  /** The same for a call whose tool is known only when it runs, such as one that an answer names. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever fields the answer has
  ok(name: string, args?: object): Promise<any>;
  /** As `ok`, and where a person has to agree, they do. */
  agreed<N extends ToolName>(name: N, args?: object): Promise<AnswerOf<N>>;
  /** As `call`, and the answer must be a refusal; gives its text. */
  refused(name: string, args?: object): Promise<string>;
};

export type HarnessOptions = {
  readonly store: Store;
  readonly github?: Github;
  readonly githubOwner?: string;
  readonly member?: string;
  readonly confirm?: ConfirmMode;
  readonly allowFiles?: boolean;
  readonly era?: Era;
  /** What the person says when asked; without it the client cannot ask. */
  readonly answering?: Answering;
  /** What the client says it can do, where that is not what its answering needs. */
  readonly capabilities?: object;
  readonly clock?: { now: Date };
  /** What the first call waits for, as it does for a database that opens slowly. */
  readonly opening?: Promise<void>;
  readonly calendars?: CalendarReader;
  readonly mail?: MailOptions;
  readonly company?: string;
  readonly catalog?: Catalog;
};

type MailOptions = {
  /** A mail server on the loopback; without one nothing can be sent. */
  readonly smtpUrl?: string;
  readonly from?: string;
  readonly delay?: number;
  readonly unsubscribeUrl?: string;
  readonly limits?: SmtpLimits;
};

/** A mail server that nobody can reach. */
const NO_SMTP = "smtp://127.0.0.1:9";
/** Longer than this machine takes, however slow it is: a test of a server that hangs brings limits of its own. */
export const PATIENT_LIMITS: SmtpLimits = {
  connect: 300_000,
  greeting: 300_000,
  silence: 300_000,
  whole: 300_000,
};

/** A GitHub that nobody can reach: a test that needs one has to bring its own. */
const noGithub = createGithub({ token: undefined, apiUrl: "http://127.0.0.1:9" });

const builtIn = loadCatalog({});

/** The use cases, with every input and answer as it is when another process carries the call out. */
function crossing(services: Services): Services {
  const cross = <T>(value: T): T => {
    const [body] = createFrameReader(() => Number.POSITIVE_INFINITY)(messageFrame({ value }));
    return (readMessage(body ?? Buffer.alloc(0)) as { value: T }).value;
  };
  return mapOperations(services, (operation) => (at, ...input) => {
    const answer = operation(at, ...input.map(cross));
    return answer instanceof Promise ? answer.then(cross) : answer;
  });
}

/** A real client on the real server, in process: no port, no stand-ins but the clock. */
export async function start(options: HarnessOptions): Promise<Harness> {
  const clock = options.clock ?? { now: new Date("2026-11-24T09:00:00Z") };
  const services = crossing(
    createServices({
      store: async () => options.store,
      catalog: options.catalog ?? builtIn,
      github: options.github ?? noGithub,
      githubOwner: options.githubOwner,
      now: () => clock.now,
      member: options.member,
      allowFiles: options.allowFiles ?? false,
      ...(options.calendars ? { calendars: options.calendars } : {}),
      company: options.company,
      mail: {
        canSend: options.mail?.smtpUrl !== undefined,
        from: options.mail?.from,
        delay: options.mail?.delay ?? 120,
        unsubscribeUrl: options.mail?.unsubscribeUrl,
        due: () => {},
      },
    }),
  );
  const log = createLog("silent");
  const dispatcher = createDispatcher({
    store: async () => options.store,
    mailer: createMailer(options.mail?.smtpUrl ?? NO_SMTP, options.mail?.limits ?? PATIENT_LIMITS),
    now: () => clock.now,
    log,
    unsubscribeUrl: options.mail?.unsubscribeUrl,
  });
  const mcp = createMcpFetch({
    services: async () => {
      await options.opening;
      return services;
    },
    tools,
    confirm: options.confirm ?? "code",
    version: "0.0.0",
    log,
  });
  const connected = await connect(
    { fetch: (input, init) => mcp.fetch(new Request(input as string, init)) },
    options.era ?? "2.x, 2026-07-28",
    options.answering,
    options.capabilities,
  );
  const client: AnyClient = {
    ...connected,
    async call(name, args, onprogress) {
      const answer = await connected.call(name, args, onprogress);
      if (answer.isError) return answer;
      requireNamedFields(name, answer.facts);
      requireSameFacts(name, answer);
      return answer;
    },
  };
  async function ok(name: string, args?: object) {
    const answer = await client.call(name, args);
    if (answer.isError) throw new Error(`${name} was refused: ${answer.text}`);
    return answer.facts;
  }
  return {
    ...client,
    clock,
    dispatcher,
    ok,
    async agreed(name: string, args?: object) {
      const { confirmation, ...answer } = await ok(name, args);
      return confirmation === undefined ? answer : ok(name, { ...args, confirm: confirmation.code });
    },
    async refused(name, args) {
      const answer = await client.call(name, args);
      if (!answer.isError) throw new Error(`${name} should have been refused, and answered: ${answer.text}`);
      return answer.text;
    },
    async close() {
      await client.close();
      await mcp.close();
    },
  };
}
