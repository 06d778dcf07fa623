import * as z from "zod";
import type { Answer } from "./answer.ts";

/** What a person has to confirm, as answered by the tools that ask for confirmation. */
export const Confirmation = z.object({ code: z.string(), expires_at: z.string(), summary: z.string() });
export type Confirmation = Answer<typeof Confirmation>;
