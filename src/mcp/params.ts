import * as z from "zod";
import { Verdict } from "../domain/panel/verdict.ts";
import { Level } from "../domain/roles/role.ts";
import { plainLine, untrusted } from "../domain/untrusted.ts";

// Arguments that several tools take, described once in the words a model reads.

export const application = z.string().min(1).max(40).describe("Reference, such as MLE-7");
export const roleKey = z.string().min(1).max(20).describe("Role key, such as MLE");
export const template = z.string().min(1).max(60).describe("Template id, such as mlops-engineer");
export const limit = z.number().int().min(1).max(100).optional();
export const cursor = z.string().max(100).optional().describe("next_cursor of the last page");
/** Words of several lines, without what a reader would not see. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => untrusted(text, { source: "argument", max }).text.trim());
export const reason = prose(2_000).optional();

/** A name as a person writes it: any script, one line, nothing invisible that would change how it reads. */
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(
    (name) => !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u.test(name),
    "holds control characters",
  );

export const email = z.email().max(254);

/** Any answer of a member about a candidate: four steps, no middle. */
export const verdict = Verdict;

export const compareWith = z
  .array(z.string().min(1).max(40))
  .max(10)
  .optional()
  .describe("One to four more of the role, side by side");

/** Words of one line, without what a reader would not see. */
const line = z
  .string()
  .max(300)
  .transform((text) => plainLine(text, 300))
  .pipe(z.string().min(1));
const lines = z.array(line).max(30).optional();
const money = z.number().int().min(0).max(100_000_000).optional();

/** What may be said about a role when it is opened or changed. Pay is whole currency units a year. */
export const roleFields = {
  lane: line.optional(),
  title: line.optional(),
  remote: z.boolean().optional(),
  comp_min: money,
  comp_max: money.describe("Per year, whole units"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "three capital letters, such as USD")
    .optional(),
  outcomes: lines.describe("Results with a number and a baseline"),
  must_haves: lines,
  nice_to_haves: lines,
  on_call: line.optional(),
  panel: z
    .array(z.strictObject({ round: z.string(), members: z.array(z.email()).max(20) }))
    .max(20)
    .optional(),
};
export const level = Level;
export const place = line;
