import type { Draft, DraftFacts } from "../../../../src/domain/message-check/rule.ts";

/** What of the facts and the draft is another for one example. */
export type Change = Partial<DraftFacts & Draft>;
type Example = string | readonly [text: string, change: Change];
/** For every rule: what it must find, and what looks like it and is fine. */
export type Examples = Record<
  string,
  { readonly finds: readonly Example[]; readonly passes: readonly Example[] }
>;
