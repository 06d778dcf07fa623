import type * as z from "zod";
import type { Frozen } from "../../domain/frozen.ts";

/** What an answer looks like from outside: services may freeze what they give. */
export type Answer<O extends z.ZodType> = Frozen<z.input<O>>;
