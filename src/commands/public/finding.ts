import type { Answer, NoAnswer } from "./ask.ts";

/** What a check of the public address showed: a line that is right, or one that is wrong with what to change. */
export type Finding =
  | { readonly what: string; readonly right: string }
  | { readonly what: string; readonly wrong: string; readonly change: string };

export const right = (what: string, text: string): Finding => ({ what, right: text });
export const wrong = (what: string, text: string, change: string): Finding => ({
  what,
  wrong: text,
  change,
});

const NO_ANSWER: Record<NoAnswer["failure"], { readonly wrong: string; readonly change: string }> = {
  refused: {
    wrong: "nothing listens there.",
    change: "Start the proxy, and open its port in the firewall.",
  },
  silent: {
    wrong: "no whole answer came in time.",
    change: "Open the port in the firewall, and look whether the proxy reaches Greenflag.",
  },
  broken: {
    wrong: "the connection broke before there was an answer.",
    change: "Look into the proxy's log; it must speak TLS 1.2 or 1.3 on this port.",
  },
};

/**
 * A finding for any answer but the wanted one: none, a redirect, a refusal or an error of a proxy. Undefined for an answer
 * with a wanted status.
 */
export function unlessAnswered(
  what: string,
  path: string,
  answer: Answer | NoAnswer,
  wanted: readonly number[] = [200],
): Finding | undefined {
  if ("failure" in answer) {
    const { wrong: text, change } = NO_ANSWER[answer.failure];
    return wrong(what, `${path}: ${text}`, change);
  }
  const { status } = answer;
  if (wanted.includes(status)) return undefined;
  const answers = `${path} answers ${status}`;
  if (status >= 300 && status < 400)
    return wrong(what, `${answers}, a redirect.`, `Answer at exactly ${path}: hosts follow no redirect.`);
  if (status === 403)
    return wrong(
      what,
      `${answers}: the name in the request is refused, or a filter stands before Greenflag.`,
      "Set GREENFLAG_PUBLIC_URL to this address, let the proxy hand on the Host header, and let no filter ask for more.",
    );
  if (status === 404)
    return wrong(
      what,
      `${answers}: there is nothing.`,
      `Let the proxy hand on exactly ${path} (a rule for ${path}/* alone misses it), and start Greenflag with GREENFLAG_PUBLIC_URL.`,
    );
  if (status >= 502 && status <= 504)
    return wrong(
      what,
      `${answers}: the proxy does not reach Greenflag.`,
      "Start greenflag serve, and give the proxy its host and port.",
    );
  return wrong(what, `${answers}.`, `Let the proxy hand on ${path} to Greenflag as it comes.`);
}
