import * as z from "zod";
import type { Answer } from "./answer.ts";

/** What a person is asked to agree to, as the tools that ask answer with it. */
export const Confirmation = z.object({ code: z.string(), expires_at: z.string(), summary: z.string() });
export type Confirmation = Answer<typeof Confirmation>;
