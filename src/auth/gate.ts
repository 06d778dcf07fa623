import type { SignedIn } from "../services/session.ts";

/**
 * Who makes a request: whoever its token stands for, undefined where calls act for the process's member, or the answer
 * that refuses it.
 */
export type Gate = (request: Request) => Promise<SignedIn | undefined | Response>;
