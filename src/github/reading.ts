import type { ReadingKinds } from "../domain/submission/file-kinds.ts";

/** The options of every function that reads from GitHub. */
export type Reading = {
  readonly webOrigin: string;
  readonly hasToken: boolean;
  readonly fileKinds: ReadingKinds;
  /** The candidate's account, where one is on record. */
  readonly candidate: string | undefined;
  readonly signal: AbortSignal;
};
