import * as z from "zod";
import { Verdict } from "../domain/panel/verdict.ts";
import { Stage } from "../domain/roles/role-template.ts";
import { plainLine, untrusted } from "../domain/untrusted.ts";

// Arguments that several tools have in common.

/** A text whose allowed values another call lists. The error for a wrong value names that call. */
const listed = (schema: z.ZodString, listedBy: string, description?: string) =>
  schema.meta({ listedBy, ...(description === undefined ? {} : { description }) });
const text = (max: number) => z.string().min(1).max(max);
const inTemplate = (section: string, what: string) =>
  `get_role_template, section ${section}, has the ${what}.`;

export const application = listed(text(40), "find_candidates lists references.", "Such as MLE-7");
export const roleKey = listed(text(20), "get_pipeline lists the keys of roles.", "Such as MLE");
export const template = listed(
  text(60),
  "hiring://role-templates lists the templates.",
  "Such as mlops-engineer",
);
export const stage = listed(text(60), inTemplate("stages", "stages"));
export const round = listed(text(60), inTemplate("stages", "rounds"));
export const criterion = listed(z.string().max(60), inTemplate("interviews", "criteria"));
export const flag = listed(z.string().max(60), inTemplate("rubric", "flags"));
export const exercise = listed(text(60), inTemplate("exercises", "exercises"), "Id in the template");
export const message = listed(
  z.string().max(60),
  "get_candidate with include: messages lists them.",
  "Message id",
);
export const interview = z.uuid().meta({ listedBy: "get_candidate with include: interviews lists them." });
export const limit = z.number().int().min(1).max(100).optional();
export const cursor = z.string().max(100).optional().describe("next_cursor of the last page");
/** Text of several lines, with invisible characters removed. */
export const prose = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => untrusted(text, { source: "argument", max }).text.trim());
export const reason = prose(2_000).optional();

/** A person's name: any script, one line, and no invisible characters that would change how it reads. */
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
const isEmail = (text: string): boolean => email.safeParse(text).success;
const isMember = (text: string): boolean => text.trim().toLowerCase() === "me" || isEmail(text.trim());
/** A member by e-mail, or the caller as `me`; the service finds out who that is. */
export const member = z
  .string()
  .max(254)
  .refine(isMember, "an e-mail address or me")
  .meta({ listedBy: "get_team lists the team.", description: "E-mail or me" });

/** An opinion about a candidate, on four steps without a middle. */
export const verdict = Verdict;

export const compareWith = z
  .array(listed(text(40), "find_candidates lists references."))
  .max(10)
  .optional()
  .describe("More of the role, side by side");

/** Text of one line, with invisible characters removed. */
const line = z
  .string()
  .max(300)
  .transform((text) => plainLine(text, 300))
  .pipe(z.string().min(1));
/** An optional text that an update clears by an empty one. */
const clearable = (max: number, isValid: (text: string) => boolean, what: string) =>
  z
    .string()
    .max(max)
    .transform((text) => plainLine(text, max).trim())
    .refine((text) => text === "" || isValid(text), `${what}, or empty to clear it`)
    .optional();

const MIN_DIGITS_OF_A_PHONE = 5;
const isPhone = (text: string): boolean => text.replace(/\D/g, "").length >= MIN_DIGITS_OF_A_PHONE;
export const phone = line.refine(isPhone, "a phone number").optional();
export const links = z
  .array(z.url({ protocol: /^https?$/ }).max(500))
  .max(20)
  .optional();
export const timezone = z.string().max(60).optional().describe("Such as Europe/Lisbon");

const isAny = (): boolean => true;

/** The fields of a person and of one application of theirs that an update sets. */
export const candidateFields = {
  name: personName.optional(),
  email: clearable(254, isEmail, "an e-mail address"),
  phone: clearable(60, isPhone, "a phone number"),
  timezone,
  location: clearable(300, isAny, "text"),
  links,
  source: clearable(300, isAny, "text"),
  referred_by: clearable(300, isAny, "text"),
  tags: z.array(line).max(20).optional(),
  owner: clearable(254, isMember, "a member's e-mail or me").describe("Of this application"),
  do_not_contact: z.boolean().optional(),
};

const lines = z.array(line).max(30).optional();
const money = z.number().int().min(0).max(100_000_000).optional();

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "three capital letters, such as USD")
  .optional();

/** The fields of a role that can be set when it is opened or changed. Pay is whole currency units a year. */
export const roleFields = {
  lane: line.meta({ listedBy: inTemplate("lanes", "lanes") }).optional(),
  title: line.optional(),
  remote: z.boolean().optional(),
  comp_min: money,
  comp_max: money.describe("Per year, whole units"),
  currency,
  outcomes: lines.describe("Results with a number and a baseline"),
  must_haves: lines,
  nice_to_haves: lines,
  on_call: line.optional(),
  panel: z
    .array(
      z.strictObject({
        round: listed(z.string(), inTemplate("stages", "rounds")),
        members: z.array(member).max(20),
      }),
    )
    .max(20)
    .optional(),
  stages: z
    .array(
      z.strictObject({
        id: Stage.shape.id.max(40),
        name: line.optional(),
        kind: Stage.shape.kind.optional(),
        goal_days: z.number().min(0.5).max(365).optional(),
        minutes: z.number().int().min(1).max(600).optional(),
        gate: Stage.shape.gate.max(4).optional(),
      }),
    )
    .min(1)
    .max(30)
    .optional()
    .describe("All, in order; an id alone keeps a stage as it is"),
  questions: z
    .array(
      z
        .strictObject({
          round: listed(z.string(), inTemplate("stages", "rounds")),
          question: line,
          listen_for: lines,
          follow_ups: lines,
        })
        .transform(({ listen_for = [], follow_ups = [], ...question }) => ({
          ...{ ...question, listen_for, follow_ups },
        })),
    )
    .max(30)
    .optional()
    .describe("Beside the template's"),
  owner: member.optional(),
  openings: z.number().int().min(1).max(1_000).optional(),
  recruiters_send: z.boolean().optional(),
  earlier_rounds_open: z.boolean().optional(),
};
/** A level as the company says it. The service maps it to one of the four. */
export const level = text(60).describe("senior, Sr., L5");
export const place = line;
