import type * as z from "zod";
import type { Frozen } from "../../domain/frozen.ts";

/** The type of an answer. It is readonly, because services may return frozen values. */
export type Answer<O extends z.ZodType> = Frozen<z.input<O>>;
