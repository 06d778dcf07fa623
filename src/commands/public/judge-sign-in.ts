import * as z from "zod";
import type { Answer, NoAnswer } from "./ask.ts";
import { type Finding, right, unlessAnswered, wrong } from "./finding.ts";
import { jsonOf } from "./judge-mcp.ts";

const Endpoint = z.url({ protocol: /^https$/ });

/** What hosts read of an authorization server. */
const ServerDocument = z.object({
  issuer: z.string(),
  authorization_endpoint: Endpoint,
  token_endpoint: Endpoint,
  jwks_uri: Endpoint,
  registration_endpoint: Endpoint.optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
  code_challenge_methods_supported: z.array(z.string()).default([]),
  token_endpoint_auth_methods_supported: z.array(z.string()).default([]),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});
type ServerDocument = z.infer<typeof ServerDocument>;

/** Whether an authorization server is asked under an address that hosts find, and is ours. */
export function judgeIssuer(issuer: string, origin: string): Finding {
  const what = "issuer";
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url === undefined)
    return wrong(what, "it is not an address.", `Set GREENFLAG_PUBLIC_URL to exactly ${origin}.`);
  if (issuer === origin) return right(what, `people sign in at Greenflag itself, ${origin}`);
  if (url.origin === origin)
    return wrong(
      what,
      url.pathname === "/"
        ? `it is ${origin}/, with a slash at its end.`
        : `it is ${url.origin}${url.pathname}, with a path, where hosts look for its documents in different places.`,
      `Set GREENFLAG_PUBLIC_URL to exactly ${origin}, without path and slash.`,
    );
  if (url.protocol !== "https:")
    return wrong(what, "it is not an https address.", "Set GREENFLAG_OIDC_ISSUER to the provider's own.");
  return right(what, `people sign in at ${url.host}`);
}

/** Where an issuer's documents are, in the order in which hosts look. */
export function documentsOf(issuer: string): readonly URL[] {
  if (!URL.canParse(issuer)) return [];
  const { origin, pathname } = new URL(issuer);
  const path = pathname === "/" ? "" : pathname.replace(/\/$/, "");
  return [
    new URL(`${origin}/.well-known/oauth-authorization-server${path}`),
    new URL(`${origin}${path}/.well-known/openid-configuration`),
  ];
}

/**
 * Whether the document of an authorization server has what hosts need to sign somebody in. `keys` is where its keys are.
 */
export function judgeServerDocument(
  answer: Answer | NoAnswer,
  { issuer, path, own }: { readonly issuer: string; readonly path: string; readonly own: boolean },
): { readonly finding: Finding; readonly keys?: URL } {
  const what = "sign-in";
  const other = unlessAnswered(what, path, answer);
  if (other !== undefined) return { finding: other };
  const parsed = ServerDocument.safeParse("text" in answer ? jsonOf(answer.text) : undefined);
  if (!parsed.success)
    return {
      finding: wrong(
        what,
        `${path} does not say where people sign in.`,
        "Let the proxy hand this path on to Greenflag; another program answers it.",
      ),
    };
  const faults = faultsOf(parsed.data, issuer);
  const keys = new URL(parsed.data.jwks_uri);
  if (faults.length > 0)
    return {
      finding: wrong(
        what,
        `${path} ${faults.join("; it ")}.`,
        own
          ? "Let the proxy hand this path on to Greenflag as it is, and set GREENFLAG_PUBLIC_URL to the issuer."
          : "Set the provider up for it, or leave GREENFLAG_OIDC_ISSUER unset: then Greenflag signs people in itself.",
      ),
      keys,
    };
  return { finding: right(what, `${path} has what hosts need`), keys };
}

function faultsOf(document: ServerDocument, issuer: string): string[] {
  const checks: readonly (readonly [right: boolean, fault: string])[] = [
    [document.issuer === issuer, `has another issuer than ${issuer}, letter by letter`],
    [document.code_challenge_methods_supported.includes("S256"), "does not offer S256 (PKCE)"],
    [
      document.token_endpoint_auth_methods_supported.includes("none"),
      "does not offer none among token_endpoint_auth_methods_supported, and hosts have no secret",
    ],
    [
      document.authorization_response_iss_parameter_supported,
      "does not say authorization_response_iss_parameter_supported, which ChatGPT and Gemini rely on",
    ],
    [
      document.registration_endpoint !== undefined || document.client_id_metadata_document_supported === true,
      "lets no host register: neither registration_endpoint nor client_id_metadata_document_supported",
    ],
  ];
  return checks.filter(([isRight]) => !isRight).map(([, fault]) => fault);
}

const KeySet = z.object({ keys: z.array(z.object({ kty: z.string() })).min(1) });

/** Whether the keys that tokens are checked with can be read. */
export function judgeKeys(answer: Answer | NoAnswer, path: string): Finding {
  const what = "keys";
  const other = unlessAnswered(what, path, answer);
  if (other !== undefined) return other;
  const parsed = KeySet.safeParse("text" in answer ? jsonOf(answer.text) : undefined);
  return parsed.success
    ? right(what, `${path} has ${parsed.data.keys.length === 1 ? "one" : parsed.data.keys.length}`)
    : wrong(what, `${path} holds no key.`, "Let the proxy hand this path on to whoever signs people in.");
}
