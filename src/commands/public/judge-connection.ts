import { isIP } from "node:net";
import { isPublicAddress } from "../../calendar/addresses.ts";
import type { Answer, Certificate, NoAnswer } from "./ask.ts";
import { type Finding, right, unlessAnswered, wrong } from "./finding.ts";

const DAY_MS = 86_400_000;
const MAX_CLOCK_DIFFERENCE_MS = 60_000;
/** A certificate renews itself with a third of its time left, so that less than this says that it did not. */
const LEAST_SHARE_LEFT = 1 / 6;

/**
 * Whether an address is one that hosts can be given: https, and exactly /mcp on it. `origin` is what the other checks
 * ask, undefined where nothing can be asked.
 */
export function judgeAddress(text: string): { readonly finding: Finding; readonly origin?: URL } {
  const what = "address";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    return { finding: wrong(what, "it is not an address.", "Write it as https://HOST.") };
  const origin = new URL(url.origin);
  const shown = `${url.origin}/mcp`;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    return {
      finding: wrong(what, "it holds more than a host and a path.", `Give hosts ${shown}.`),
      origin,
    };
  if (!["/", "/mcp"].includes(url.pathname))
    return {
      finding: wrong(
        what,
        `it ends in ${url.pathname}, and Greenflag answers at exactly /mcp.`,
        `Give hosts ${shown}, without a slash at its end.`,
      ),
      origin,
    };
  if (url.protocol === "http:")
    return {
      finding: wrong(
        what,
        "it is http, over which Claude and ChatGPT do not connect, and anybody on the way reads along.",
        "Put a proxy with a certificate before Greenflag, and give hosts its https address.",
      ),
      origin,
    };
  return { finding: right(what, `hosts are given ${shown}`), origin };
}

/** Whether hosts in the cloud reach the addresses that a name stands for. */
export function judgeReach(name: string, addresses: readonly string[]): Finding {
  const what = "name";
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0)
    return wrong(
      what,
      `${name} is an address, not a name.`,
      "Use a name: that is what certificates are made for.",
    );
  if (addresses.length === 0)
    return wrong(what, `${name} has no address.`, "Add an A record for it where its domain is kept.");
  const local = addresses.filter((address) => !isPublicAddress(address));
  if (local.length > 0)
    return wrong(
      what,
      `${name} is ${local.join(", ")}, which is not on the internet.`,
      "Point the name at a public address. Until then Claude's connectors and ChatGPT, which call from the cloud, do not reach it.",
    );
  if (!addresses.some((address) => isIP(address) === 4))
    return wrong(what, `${name} has IPv6 addresses only.`, "Add an A record: Claude calls over IPv4.");
  return right(what, `${name} is ${addresses.join(", ")}`);
}

/** Whether a certificate is trusted, and how many days of it are left. */
export function judgeCertificate(seen: Certificate | NoAnswer, now: Date): Finding {
  const what = "TLS";
  if ("failure" in seen)
    return unlessAnswered(what, "the port", seen) ?? wrong(what, "there is no certificate.", "Set one up.");
  const { from, to, distrust } = seen;
  const left = to.getTime() - now.getTime();
  if (left <= 0 || distrust === "CERT_HAS_EXPIRED")
    return wrong(
      what,
      `the certificate ended on ${dayOf(to)}.`,
      "Renew it; Caddy does so by itself while ports 80 and 443 are open.",
    );
  if (from.getTime() > now.getTime() || distrust === "CERT_NOT_YET_VALID")
    return wrong(
      what,
      `the certificate begins on ${dayOf(from)} only.`,
      "Set the clocks of this machine and of the server.",
    );
  if (distrust !== undefined) return distrusted(what, distrust);
  const days = Math.floor(left / DAY_MS);
  if (left < (to.getTime() - from.getTime()) * LEAST_SHARE_LEFT)
    return wrong(
      what,
      `the certificate ends on ${dayOf(to)}, in ${days} days, and was not renewed.`,
      "Look into the proxy's log for why; ports 80 and 443 must be open for it.",
    );
  return right(what, `the certificate is trusted and lasts until ${dayOf(to)}, ${days} days`);
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function distrusted(what: string, code: string): Finding {
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return wrong(what, "the certificate is for another name.", "Let the proxy get one for this name.");
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
      return wrong(
        what,
        "the certificate's issuer is not known here: the chain is not whole, or the authority is your own.",
        "Serve the full chain, from an authority that hosts trust, such as Let's Encrypt.",
      );
    default:
      return wrong(
        what,
        "the certificate is not signed by an authority that hosts trust.",
        "Get one from such an authority; Caddy does so by itself for a public name.",
      );
  }
}

/** Whether the program runs, and its database answers. */
export function judgeHealth(health: Answer | NoAnswer, ready: Answer | NoAnswer): Finding {
  const what = "server";
  const down = unlessAnswered(what, "/healthz", health);
  if (down !== undefined) return down;
  if ("status" in ready && ready.status === 503)
    return wrong(
      what,
      "it runs, and its database does not answer.",
      "Look whether PostgreSQL runs and DATABASE_URL is right; greenflag doctor tells more.",
    );
  return unlessAnswered(what, "/readyz", ready) ?? right(what, "it runs, and its database answers");
}

/** Whether the clock of a server and that of this machine agree. Tokens are dated, so that a wrong clock refuses them. */
export function judgeClock(date: string | undefined, sent: Date, received: Date): Finding {
  const what = "clock";
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return right(what, "the server does not tell its time, so it was not compared");
  const roundTrip = received.getTime() - sent.getTime();
  const difference = theirs - (sent.getTime() + roundTrip / 2);
  const seconds = Math.round(Math.abs(difference) / 1000);
  if (Math.abs(difference) <= MAX_CLOCK_DIFFERENCE_MS + roundTrip)
    return right(what, `the server's clock and this machine's agree (${seconds} s apart)`);
  return wrong(
    what,
    `the server's clock is ${seconds} s ${difference < 0 ? "behind" : "ahead of"} this machine's.`,
    "Set both by the network's time (timedatectl set-ntp true): tokens are dated, and are refused too early or too late.",
  );
}
