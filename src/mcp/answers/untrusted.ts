import { Untrusted } from "../../domain/untrusted.ts";
import type { Answer } from "./answer.ts";
import { omitEmpty } from "./omit-empty.ts";

/** Somebody else's words under their mark. What was removed from them, and that they are cut, stand only where it is so. */
export const UntrustedAnswer = Untrusted.partial({ hidden_text_removed: true, truncated: true });
export type UntrustedAnswer = Answer<typeof UntrustedAnswer>;

export const untrustedAnswer = (part: Readonly<Untrusted>): UntrustedAnswer =>
  omitEmpty(part, { hidden_text_removed: true, truncated: true });
