import * as z from "zod";
import type { Answer, NoAnswer } from "./ask.ts";
import { type Finding, right, unlessAnswered, wrong } from "./finding.ts";

export const RESOURCE_DOCUMENT = "/.well-known/oauth-protected-resource/mcp";

const RESTART = "and start Greenflag anew.";

/** Whether a call without a token is refused in the way that makes a host sign in. */
export function judgeChallenge(answer: Answer | NoAnswer, origin: string): Finding {
  const what = "challenge";
  if ("status" in answer && isMcp(answer) && answer.status !== 401)
    return wrong(
      what,
      "/mcp answers a call that brings no token: whoever reaches it is let in.",
      "Close the port now. Set GREENFLAG_PUBLIC_URL, or make tokens with greenflag token add.",
    );
  const other = unlessAnswered(what, "/mcp", answer, [401]);
  if (other !== undefined) return other;
  const challenge = "headers" in answer ? (answer.headers["www-authenticate"] ?? "") : "";
  if (!/\bBearer\b/i.test(challenge))
    return challenge === ""
      ? wrong(
          what,
          "/mcp answers 401 without the header WWW-Authenticate, so that no host finds the sign-in.",
          "Let the proxy hand that header on.",
        )
      : wrong(
          what,
          "/mcp asks for another kind of sign-in than a token: something before Greenflag answers.",
          "Take the password off the proxy for /mcp; Greenflag checks who calls.",
        );
  const named = /\bresource_metadata="?([^",\s]+)/i.exec(challenge)?.[1];
  if (named === undefined)
    return wrong(
      what,
      "/mcp asks for a token and names no document that says where to get one: only hosts that send a header of their own get in.",
      `For sign-in set GREENFLAG_PUBLIC_URL to ${origin}, with GREENFLAG_AUTH_SECRET and DATABASE_URL, ${RESTART}`,
    );
  const wanted = `${origin}${RESOURCE_DOCUMENT}`;
  if (named !== wanted)
    return wrong(
      what,
      `/mcp names another document than ${wanted}.`,
      `Set GREENFLAG_PUBLIC_URL to exactly ${origin}, ${RESTART}`,
    );
  return right(what, "a call without a token is refused, and told where to sign in");
}

/** Whether the answer speaks MCP: a message of it, or the refusal that asks for a token. */
export function isMcp({ status, headers, text }: Answer): boolean {
  if (status === 401) return /\bBearer\b/i.test(headers["www-authenticate"] ?? "");
  if (headers["content-type"]?.includes("text/event-stream")) return true;
  return z.object({ jsonrpc: z.literal("2.0") }).safeParse(jsonOf(text)).success;
}

/** Whether MCP is answered at /mcp alone. A host that was given another address signs in there, and then never calls. */
export function judgeElsewhere(answers: readonly (readonly [path: string, Answer | NoAnswer])[]): Finding {
  const what = "path";
  const also = answers.filter(([, answer]) => "status" in answer && isMcp(answer)).map(([path]) => path);
  if (also.length > 0)
    return wrong(
      what,
      `MCP is answered at ${also.join(" and ")} as well.`,
      "Let the proxy rewrite no path: a token is for exactly /mcp, and is refused under any other address.",
    );
  return right(what, `MCP is answered at /mcp, not at ${answers.map(([path]) => path).join(" or ")}`);
}

const ResourceDocument = z.object({
  resource: z.string(),
  // An address that is shown to whoever runs the check holds no space and no control character.
  authorization_servers: z.array(z.string().regex(/^[!-~]+$/)).min(1),
  scopes_supported: z.array(z.string()).optional(),
});

/** Whether the document of the resource is about exactly this address. `issuer` is where hosts go on from there. */
export function judgeResource(
  answer: Answer | NoAnswer,
  origin: string,
): { readonly finding: Finding; readonly issuer?: string } {
  const what = "resource";
  const other = unlessAnswered(what, RESOURCE_DOCUMENT, answer);
  if (other !== undefined) return { finding: other };
  const parsed = ResourceDocument.safeParse("text" in answer ? jsonOf(answer.text) : undefined);
  if (!parsed.success)
    return {
      finding: wrong(
        what,
        `${RESOURCE_DOCUMENT} does not name a resource and who signs people in to it.`,
        "Let the proxy hand this path on to Greenflag; another program answers it.",
      ),
    };
  const { resource, authorization_servers, scopes_supported } = parsed.data;
  const [issuer = ""] = authorization_servers;
  const address = `${origin}/mcp`;
  if (resource !== address)
    return {
      finding: wrong(
        what,
        resource === `${address}/`
          ? `the document says ${address}/, with a slash at its end.`
          : `the document is about another address than ${address}.`,
        `Set GREENFLAG_PUBLIC_URL to exactly ${origin}, ${RESTART} Hosts compare the two letter by letter.`,
      ),
      issuer,
    };
  if (scopes_supported?.includes("offline_access"))
    return {
      finding: wrong(
        what,
        "the document lists offline_access, which hosts then ask for as if it were a permission.",
        "Update Greenflag, or let the proxy hand on its own document.",
      ),
      issuer,
    };
  return { finding: right(what, `the document is about exactly ${address}`), issuer };
}

/** The value of a JSON text; undefined for any other text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
