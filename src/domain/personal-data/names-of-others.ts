import type { Access, Member } from "../member.ts";

/** What stands for a colleague whom the candidate does not know: their part in the hiring, and which of several it is. */
const PARTS = {
  admin: "administrator",
  hiring_manager: "hiring manager",
  recruiter: "recruiter",
  interviewer: "interviewer",
  viewer: "member of the team",
} as const satisfies Record<Access, string>;

export type OthersOnRecord = {
  /** Everybody who is or was on the team. */
  readonly team: readonly Member[];
  /** E-mails of those who wrote to the candidate or met them. */
  readonly known: ReadonlySet<string>;
  /** Names of other candidates. */
  readonly candidates: readonly string[];
};

/**
 * Takes the names and addresses of others out of words that go to a candidate. Colleagues whom they met or who wrote to them
 * keep their name; for the others stands their part, always the same for the same one.
 */
export function withoutNamesOfOthers({ team, known, candidates }: OthersOnRecord): (text: string) => string {
  const counts = new Map<string, number>();
  const labels = team.map((member) => {
    if (known.has(member.email)) return { member, label: member.name };
    const part = PARTS[member.access];
    const count = (counts.get(part) ?? 0) + 1;
    counts.set(part, count);
    return { member, label: `${part} ${count}` };
  });
  const replaced = new Map([
    ...candidates.map((name) => [folded(name), "another candidate"] as const),
    ...labels.flatMap(({ member, label }) => [
      [folded(member.email), label] as const,
      ...(known.has(member.email) ? [] : [[folded(member.name), label] as const]),
    ]),
  ]);
  const words = [...replaced.keys()]
    .filter((word) => word.length > 2)
    .toSorted((a, b) => b.length - a.length);
  if (words.length === 0) return (text) => text;
  const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "giu");
  return (text) => text.normalize("NFC").replace(found, (word) => replaced.get(folded(word)) ?? word);
}

const folded = (text: string): string => text.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\s+/g, "\\s+");

/** The same of whatever holds texts: lists and objects are gone through, and everything else stays. */
export function inEveryText<T>(value: T, change: (text: string) => string): T;
export function inEveryText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => inEveryText(one, change));
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inEveryText(one, change)]));
}
