import { createServer, connect as dial, type Socket } from "node:net";

/** A wire to a PostgreSQL server that can be cut and mended, fall silent, or lose the answer to a commit. */
export type Wire = {
  readonly url: string;
  /** Drops every connection, and each new one. */
  cut(): void;
  mend(): void;
  /** Keeps every connection open and sends nothing on. */
  silence(): void;
  /** Lets the next COMMIT through, holds back its answer, and drops that connection once the server has answered. */
  loseNextCommitAnswer(): void;
  close(): void;
};

export async function startWire(target: URL): Promise<Wire> {
  const sockets = new Set<Socket>();
  let state: "whole" | "cut" | "silent" = "whole";
  let isCommitToLose = false;
  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = dial(Number(target.port), target.hostname);
    const drop = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", drop);
    }
    let isLosing = false;
    near.on("data", (chunk: Buffer) => {
      if (state === "silent") return;
      if (isCommitToLose && /commit/i.test(chunk.toString("latin1"))) {
        isCommitToLose = false;
        isLosing = true;
      }
      far.write(chunk);
    });
    far.on("data", (chunk: Buffer) => {
      if (isLosing) drop();
      else if (state !== "silent") near.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const through = new URL(target.href);
  through.port = String((server.address() as { port: number }).port);
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    cut() {
      state = "cut";
      dropAll();
    },
    mend() {
      state = "whole";
    },
    silence() {
      state = "silent";
    },
    loseNextCommitAnswer() {
      isCommitToLose = true;
    },
    close() {
      dropAll();
      server.close();
    },
  };
}
