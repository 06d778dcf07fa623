import * as z from "zod";
import { isPrivateOnTheWay } from "../domain/web-address.ts";

/** Whether an address is one of a program on the reader's own computer. */
export const isLoopback = (uri: string): boolean =>
  isPrivateOnTheWay(uri) && new URL(uri).protocol === "http:";

const Registration = z.looseObject({
  redirect_uris: z.array(z.string()).optional(),
  application_type: z.string().optional(),
  grant_types: z.array(z.string()).optional(),
  token_endpoint_auth_method: z.string().optional(),
});

const GRANTS = new Set(["authorization_code", "refresh_token"]);

/**
 * What a program registers, as the library takes it. Cursor names three addresses at once, one of them of a scheme of its
 * own, and no type; it signs in with the one on the loopback. So addresses that are neither https nor on the loopback are
 * dropped where another remains, whoever names one on the loopback is a native program, and a program that says nothing of
 * a secret has none. Grants that there are not here, such as VS Code names, are dropped too: it signs in without them.
 */
export function mendRegistration(body: unknown): unknown {
  const parsed = Registration.safeParse(body);
  if (!parsed.success) return body;
  const {
    redirect_uris: uris = [],
    application_type: type,
    token_endpoint_auth_method: method,
  } = parsed.data;
  const usable = uris.filter(isPrivateOnTheWay);
  const grants = parsed.data.grant_types?.filter((grant) => GRANTS.has(grant)) ?? [];
  return {
    ...parsed.data,
    ...(usable.length > 0 ? { redirect_uris: usable } : {}),
    ...(grants.length > 0 ? { grant_types: grants } : {}),
    ...(type === undefined && usable.some(isLoopback) ? { application_type: "native" } : {}),
    ...(method === undefined ? { token_endpoint_auth_method: "none" } : {}),
  };
}

const MAX_NAME_CHARS = 80;
/** What has no sign of its own or turns others round, and letters that look like nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u115f\u1160\u3164\uffa0\u2800]/gu;

/** What a program calls itself, as one line that can be shown: nothing unseen, nothing that turns letters round, cut. */
export function programName(said: string): string {
  const start = said.slice(0, MAX_NAME_CHARS * 4).replace(/\s+/g, " ");
  const name = start.replace(UNSEEN, "").trim();
  if (name === "") return "A program without a name";
  return name.length > MAX_NAME_CHARS ? `${[...name].slice(0, MAX_NAME_CHARS - 1).join("")}…` : name;
}
