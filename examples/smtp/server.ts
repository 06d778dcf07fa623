import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** Ways in which a mail server fails, named by what the sender sees. */
export type Fault =
  | "hang at greeting"
  | "hang at hello"
  | "hang at sender"
  | "hang at recipient"
  | "hang after the text"
  | "550 at recipient"
  | "451 greylist"
  | "550 after the text"
  | "451 after the text, and kept"
  | "drop in the middle of the text"
  | "drop after the text, and kept"
  | "garbage"
  | "slow";

export type Received = {
  /** The envelope: who it was really for. */
  readonly from: string;
  readonly recipients: readonly string[];
  readonly raw: string;
  readonly mail: ParsedMail;
};

export type LocalSmtp = {
  readonly url: string;
  /** What arrived and was kept, in order. */
  readonly received: readonly Received[];
  /** How many callers there were. */
  readonly connections: number;
  /** How many callers were left hanging. */
  readonly hangs: number;
  /** What goes wrong from now on. */
  fault: Fault | undefined;
  /** Called when the text is in, before it is answered. */
  onText: (() => void | Promise<void>) | undefined;
  close(): Promise<void>;
};

const SLOW_MS = 120;

/** A real mail server on the loopback that keeps what it gets, and fails as it is told to. */
export async function startSmtp(
  options: { user?: string; password?: string; starttls?: boolean } = {},
): Promise<LocalSmtp> {
  const received: Received[] = [];
  const state = {
    fault: undefined as Fault | undefined,
    onText: undefined as LocalSmtp["onText"],
    connections: 0,
    hangs: 0,
  };
  const hangsOn = (fault: Fault) => {
    if (state.fault !== fault) return false;
    state.hangs += 1;
    return true;
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, state.fault === "slow" ? SLOW_MS : 0));
  const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });
  const dropAll = () => {
    for (const connection of server.connections)
      (connection as unknown as { _socket: Socket })._socket.destroy();
  };
  const server = new SMTPServer({
    authOptional: options.user === undefined,
    allowInsecureAuth: true,
    disabledCommands: options.starttls ? [] : ["STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      if (username === options.user && password === options.password) done(null, { user: username });
      else done(refusal(535, "who is that?"));
    },
    onConnect(_session, done) {
      state.connections += 1;
      if (!hangsOn("hang at greeting")) void pause().then(() => done());
    },
    onMailFrom(_address, _session, done) {
      if (!hangsOn("hang at sender")) void pause().then(() => done());
    },
    onRcptTo(_address, _session, done) {
      if (hangsOn("hang at recipient")) return;
      if (state.fault === "550 at recipient")
        return done(refusal(550, "no such <b>mailbox</b>; call +1 555 0100"));
      if (state.fault === "451 greylist") return done(refusal(451, "come back later"));
      void pause().then(() => done());
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      // A short text may be there whole when the connection is dropped; it was not taken all the same.
      let isDropped = false;
      stream.on("data", (chunk: Buffer) => {
        if (state.fault === "drop in the middle of the text") {
          isDropped = true;
          dropAll();
        }
        chunks.push(chunk);
      });
      stream.on("end", async () => {
        if (isDropped) return;
        if (state.fault === "550 after the text") return done(refusal(550, "spam"));
        const raw = Buffer.concat(chunks).toString("utf8");
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          recipients: rcptTo.map(({ address }) => address),
          raw,
          mail: await simpleParser(raw),
        });
        await state.onText?.();
        if (hangsOn("hang after the text")) return;
        if (state.fault === "drop after the text, and kept") return dropAll();
        if (state.fault === "451 after the text, and kept") return done(refusal(451, "perhaps"));
        await pause();
        done();
      });
    },
  });
  server.on("error", () => {}); // a caller that went away
  const inner = await listening(server.server);
  // In front of it, for what a mail server's own library does not do wrong.
  const sockets = new Set<Socket>();
  const front = createServer((near) => {
    sockets.add(near.on("error", () => {}).on("close", () => sockets.delete(near)));
    if (state.fault === "garbage") return void near.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    if (hangsOn("hang at hello")) return void near.write("220 here\r\n");
    const far = new (near.constructor as typeof Socket)().connect(inner, "127.0.0.1");
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    near.pipe(far).pipe(near);
  });
  const port = await listening(front);
  const who =
    options.user === undefined ? "" : `${options.user}:${encodeURIComponent(options.password ?? "")}@`;
  return Object.assign(state, {
    url: `smtp://${who}127.0.0.1:${port}`,
    received,
    async close() {
      for (const socket of sockets) socket.destroy();
      front.close();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  }) as LocalSmtp;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
