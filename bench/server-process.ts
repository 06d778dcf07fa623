import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** One port of a server process. Whoever has no token there is `member`. */
export type Serving = {
  readonly databaseUrl: string;
  readonly member: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly oidcIssuer?: string;
};

/** What a server process says: at first where it listens, and then what CPU time it has used, when it is asked. */
export type Told = { readonly urls: readonly string[] } | { readonly cpuMs: number };

export type ServerProcess = {
  /** Where it serves, in the order of what it was told to serve. */
  readonly urls: readonly string[];
  /** Milliseconds of CPU, of the user and the system, since it started. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
};

/** A process that does nothing but serve, so that its CPU time is the server's. */
export async function startServerProcess(...servings: readonly Serving[]): Promise<ServerProcess> {
  const program = fileURLToPath(new URL("serve.ts", import.meta.url));
  const child = fork(program, [JSON.stringify(servings)], { execArgv: ["--import", "tsx"] });
  const told = () =>
    new Promise<Told>((resolve, reject) => {
      const ended = () => reject(new Error("the server process has ended"));
      child.once("exit", ended);
      child.once("message", (message: Told) => {
        child.off("exit", ended);
        resolve(message);
      });
    });
  const first = await told();
  if (!("urls" in first)) throw new Error("the server process did not say where it listens");
  return {
    urls: first.urls,
    async cpuMs() {
      const answer = told();
      child.send("cpu");
      const used = await answer;
      if (!("cpuMs" in used)) throw new Error("the server process did not say what it has used");
      return used.cpuMs;
    },
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
