import type { SignedIn } from "../services/session.ts";

/**
 * Who makes a request: whoever its token stands for, undefined where calls act for the process's member, or the answer
 * that refuses it.
 */
export type Gate = (request: Request) => Promise<SignedIn | undefined | Response>;

/** Nobody signs in: only this machine can connect, and each call acts for the process's member. */
export const openGate: Gate = async () => undefined;

/** How a personal token begins, after the scheme of its header. */
const PERSONAL_TOKEN = /^bearer +greenflag_/i;

/** Personal tokens go to one gate; everything else, no token included, to the gate that knows how to sign in. */
export const either =
  ({ personal, signIn }: { readonly personal: Gate; readonly signIn: Gate }): Gate =>
  (request) =>
    PERSONAL_TOKEN.test(request.headers.get("authorization") ?? "") ? personal(request) : signIn(request);
