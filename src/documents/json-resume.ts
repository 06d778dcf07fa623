import * as z from "zod";

// What has another shape than the format says is left out.
const Words = z.string().nullish().catch(undefined);
/** The strings of a list; a string where a list belongs is a list of one. */
const List = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string"),
  z.array(z.string()),
);
const Span = { startDate: Words, endDate: Words, date: Words, releaseDate: Words };
const Entry = z.object({
  ...Span,
  ...{ name: Words, title: Words, position: Words, organization: Words, entity: Words, institution: Words },
  ...{
    company: Words,
    publisher: Words,
    issuer: Words,
    awarder: Words,
    area: Words,
    studyType: Words,
    score: Words,
  },
  ...{ level: Words, language: Words, fluency: Words, url: Words, website: Words, location: Words },
  ...{ summary: Words, description: Words, reference: Words },
  ...{ highlights: List, courses: List, keywords: List, roles: List },
});
type Entry = z.infer<typeof Entry>;
const Entries = z.array(Entry).nullish();

const JsonResume = z.object({
  basics: z.object({
    ...{ name: Words, label: Words, email: Words, phone: Words, url: Words, website: Words, summary: Words },
    location: z
      .object({ address: Words, postalCode: Words, city: Words, region: Words, countryCode: Words })
      .nullish(),
    profiles: z.array(z.object({ network: Words, username: Words, url: Words })).nullish(),
  }),
  ...{ work: Entries, volunteer: Entries, projects: Entries, education: Entries, certificates: Entries },
  ...{ awards: Entries, publications: Entries, skills: Entries, languages: Entries, interests: Entries },
  references: Entries,
});

const SECTIONS = [
  ["work", "Work"],
  ["volunteer", "Volunteer work"],
  ["projects", "Projects"],
  ["education", "Education"],
  ["certificates", "Certificates"],
  ["awards", "Awards"],
  ["publications", "Publications"],
  ["skills", "Skills"],
  ["languages", "Languages"],
  ["interests", "Interests"],
  ["references", "References"],
] as const;

/**
 * A résumé in the open JSON Resume format as a text that reads well.
 * @returns undefined where the JSON is something else.
 */
export function readJsonResume(json: string): string | undefined {
  const parsed = JsonResume.safeParse(asJson(json));
  if (!parsed.success) return undefined;
  const { basics, ...sections } = parsed.data;
  const { address, postalCode, city, region, countryCode } = basics.location ?? {};
  const parts = [
    lines(
      basics.name,
      basics.label,
      row(", ", basics.email, basics.phone, basics.url ?? basics.website),
      row(", ", address, row(" ", postalCode, city), region, countryCode),
      ...(basics.profiles ?? []).map((p) => row(" ", row(": ", p.network, p.username), p.url)),
    ),
    basics.summary ?? "",
    ...SECTIONS.map(([key, heading]) => {
      const entries = (sections[key] ?? []).map(entryText).filter((text) => text !== "");
      return entries.length === 0 ? "" : `${heading}\n${entries.join(key === "skills" ? "\n" : "\n\n")}`;
    }),
  ];
  const text = parts.filter((part) => part.trim() !== "").join("\n\n");
  return text === "" ? undefined : text;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function entryText(entry: Entry): string {
  const { studyType, area, language, fluency, name, title, position, organization, institution } = entry;
  const what = row(
    ", ",
    position ?? title,
    row(" ", studyType, area),
    row(": ", language, fluency),
    row(" ", name, entry.level && `(${entry.level})`),
    ...[organization, institution, entry.company, entry.entity, entry.publisher, entry.issuer, entry.awarder],
    entry.location,
    entry.score,
  );
  const { startDate, endDate } = entry;
  const when = startDate
    ? `${startDate} to ${endDate ?? "now"}`
    : (endDate ?? entry.date ?? entry.releaseDate);
  return lines(
    row(": ", row(", ", what, when), entry.keywords.join(", ")),
    entry.roles.join(", "),
    entry.summary,
    entry.description,
    entry.reference,
    ...[...entry.highlights, ...entry.courses].map((item) => `- ${item}`),
    entry.url ?? entry.website,
  );
}

const row = (between: string, ...parts: (string | null | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== null && part.trim() !== "").join(between);
const lines = (...parts: (string | null | undefined)[]): string => row("\n", ...parts);
