import type { Config } from "../config.ts";
import { DomainError } from "../domain/errors.ts";
import { mailServer } from "../mail-server.ts";
import { hintOf } from "../mcp/text/remedy.ts";
import { type Answer, createNetwork, type Network, type NoAnswer } from "./public/ask.ts";
import { type Finding, right, wrong } from "./public/finding.ts";
import {
  judgeAddress,
  judgeCertificate,
  judgeClock,
  judgeHealth,
  judgeReach,
} from "./public/judge-connection.ts";
import {
  isMcp,
  judgeChallenge,
  judgeElsewhere,
  judgeResource,
  RESOURCE_DOCUMENT,
} from "./public/judge-mcp.ts";
import { documentsOf, judgeIssuer, judgeKeys, judgeServerDocument } from "./public/judge-sign-in.ts";
import { print } from "./terminal.ts";

/** A message that asks for nothing. */
const PING = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" });
/** Addresses that people type or proxies make, at which a host must not find MCP. */
const ELSEWHERE = ["/mcp/", "/"];

type PublicOptions = {
  /** The address to check, by default that of GREENFLAG_PUBLIC_URL. */
  readonly url?: string | undefined;
  readonly network?: Network;
  readonly now?: () => Date;
};

/**
 * Checks a server as hosts meet it, from the name to the sign-in, and exits with 1 when something is wrong. It only reads.
 * @throws DomainError `invalid` when no address is given or set
 */
export async function doctorPublic(config: Config, options: PublicOptions = {}): Promise<void> {
  const { url = config.publicUrl, network = createNetwork(), now = () => new Date() } = options;
  if (url === undefined)
    throw new DomainError(
      "invalid",
      "--public: no address is given, and GREENFLAG_PUBLIC_URL is not set.",
      "greenflag doctor --public https://HOST checks that one.",
    );
  for await (const finding of findings(url, network, now)) tell(finding);
  if (config.smtpUrl !== undefined) tell(await mailFinding(config.smtpUrl));
}

function tell(finding: Finding): void {
  if ("right" in finding) {
    print(`ok    ${finding.what}: ${finding.right}`);
  } else {
    process.exitCode = 1;
    print(`WRONG ${finding.what}: ${finding.wrong} ${finding.change}`);
  }
}

/** Every finding as soon as it is known, from outside in. It ends early where nothing answers. */
async function* findings(url: string, network: Network, now: () => Date): AsyncGenerator<Finding> {
  const { finding, origin: base } = judgeAddress(url);
  yield finding;
  if (base === undefined) return;
  const addresses = await network.resolve(base.hostname.replace(/^\[|\]$/g, ""));
  yield judgeReach(base.hostname, addresses);
  if (addresses.length === 0) return;
  if (base.protocol === "https:") {
    const certificate = await network.certificate(base);
    yield judgeCertificate(certificate, now());
    if ("failure" in certificate) return;
  }
  const sent = now();
  const health = await network.ask(new URL("/healthz", base));
  const received = now();
  yield judgeHealth(health, await network.ask(new URL("/readyz", base)));
  if ("failure" in health) return;
  yield judgeClock(health.headers.date, sent, received);
  yield* mcpFindings(base, network);
}

async function* mcpFindings(base: URL, network: Network): AsyncGenerator<Finding> {
  const { origin } = base;
  const ping = (path: string) => network.ask(new URL(path, base), { method: "POST", body: PING });
  const answer = await ping("/mcp");
  yield judgeChallenge(answer, origin);
  if ("status" in answer && isMcp(answer)) {
    const elsewhere: [string, Answer | NoAnswer][] = [];
    for (const path of ELSEWHERE) elsewhere.push([path, await ping(path)]);
    yield judgeElsewhere(elsewhere);
  }
  const { finding, issuer } = judgeResource(await network.ask(new URL(RESOURCE_DOCUMENT, base)), origin);
  yield finding;
  if (issuer === undefined) return;
  const whose = judgeIssuer(issuer, origin);
  yield whose;
  if ("wrong" in whose && !issuer.startsWith(origin)) return;
  yield* signInFindings(issuer, issuer === origin, network);
}

async function* signInFindings(issuer: string, own: boolean, network: Network): AsyncGenerator<Finding> {
  const [first, second] = documentsOf(issuer);
  if (first === undefined || second === undefined) return;
  // Ours must stand at the first place; of a provider, hosts read the one that is there.
  const preferred = await network.ask(first);
  const isMissing = !own && !("status" in preferred && preferred.status === 200);
  const place = isMissing ? second : first;
  const { finding, keys } = judgeServerDocument(isMissing ? await network.ask(second) : preferred, {
    issuer,
    path: own ? place.pathname : place.href,
    own,
  });
  yield finding;
  if (keys === undefined) return;
  yield judgeKeys(await network.ask(keys), own ? keys.pathname : keys.href);
}

async function mailFinding(smtpUrl: string): Promise<Finding> {
  try {
    return right("mail", await mailServer(smtpUrl));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return wrong("mail", error.message, hintOf(error) ?? "");
  }
}
