import * as z from "zod";
import { Flag, Id, Moment, readAll, Texts, Words } from "./fields.ts";
import { plainText } from "./plain-text.ts";
import {
  type Draft,
  groupBy,
  type Item,
  joined,
  linkOf,
  order,
  type Told,
  tellAll,
  unique,
  type Vendor,
} from "./vendor.ts";

const Related = z.object({ data: z.object({ id: Id }).nullish() }).nullish();

const Candidate = z.object({
  id: Id,
  attributes: z.object({
    ...{ "first-name": Words, "last-name": Words, email: Words, phone: Words, pitch: Words },
    ...{ "linkedin-url": Words, "referring-site": Words, tags: Texts, unsubscribed: Flag },
  }),
});

const JobApplication = z.object({
  id: Id,
  attributes: z.object({
    ...{ "cover-letter": Words, "created-at": Moment, "rejected-at": Moment, "changed-stage-at": Moment },
    "referring-site": Words,
  }),
  relationships: z.object({ candidate: Related, job: Related, stage: Related, "reject-reason": Related }),
});

const Listed = z.object({ id: Id, attributes: z.object({ title: Words, name: Words, reason: Words }) });

const has = [["id", "attributes"]] as const;

/** Answers of Teamtailor's API (JSON:API): candidates and job applications, with jobs, stages and reasons in `included`. */
export const teamtailor: Vendor = {
  system: "teamtailor",
  title: "Teamtailor",
  kinds: [
    { id: "candidate", has, type: "candidates" },
    { id: "job application", has, type: "job-applications" },
    ...["jobs", "stages", "reject-reasons"].map((type) => ({ id: type, has, type })),
    { id: "offer", has, type: "job-offers", left: "offers" },
    { id: "other", has: [["id", "attributes", "relationships"]], left: "unneeded" },
  ],
  assemble,
};

function assemble(itemsOf: (kind: string) => readonly Item[], told: Told): Draft[] {
  const candidates = readAll(itemsOf("candidate"), Candidate, told);
  const applications = readAll(itemsOf("job application"), JobApplication, told);
  const applicationsOf = groupBy(applications, ({ record }) => record.relationships.candidate?.data?.id);
  const ids = new Set(candidates.map(({ record }) => record.id));
  const lost = applications.filter(({ record }) => !ids.has(record.relationships.candidate?.data?.id ?? ""));
  tellAll(lost, "its candidate is not in the export: left out", told);
  const names = (kind: string) =>
    new Map(
      readAll(itemsOf(kind), Listed, told).map(({ record: { id, attributes } }) => [
        id,
        attributes.title ?? attributes.name ?? attributes.reason,
      ]),
    );
  const lists = { job: names("jobs"), stage: names("stages"), "reject-reason": names("reject-reasons") };
  return candidates.flatMap(({ where, record: { id, attributes } }) => {
    const name = joined(" ", [attributes["first-name"], attributes["last-name"]]);
    if (name === "") {
      told({ where, field: "name", why: "has no name: left out" });
      return [];
    }
    const theirs = (applicationsOf.get(id) ?? []).toSorted(
      (a, b) =>
        order(a.record.attributes["created-at"] ?? "", b.record.attributes["created-at"] ?? "") ||
        order(a.record.id, b.record.id),
    );
    return [
      {
        where,
        id,
        name,
        email: attributes.email,
        otherEmails: [],
        phone: attributes.phone,
        links: unique([attributes["linkedin-url"]]).map(linkOf),
        tags: attributes.tags,
        doNotContact: attributes.unsubscribed === true,
        files: [],
        records: answer("Pitch", attributes.pitch),
        applications: theirs.map((application) => {
          const { attributes: said, relationships } = application.record;
          const named = (list: keyof typeof lists) => {
            const related = relationships[list]?.data?.id;
            const text = lists[list].get(related ?? "");
            if (related !== undefined && text === undefined)
              told({ where: application.where, field: list, why: "the export has no name for it: left out" });
            return text;
          };
          const rejectedAt = said["rejected-at"];
          return {
            id: application.record.id,
            role: named("job"),
            stage: named("stage"),
            status: rejectedAt === undefined ? ("active" as const) : ("rejected" as const),
            appliedAt: said["created-at"],
            stageEnteredAt: rejectedAt === undefined ? said["changed-stage-at"] : undefined,
            endedAt: rejectedAt,
            reason: rejectedAt === undefined ? undefined : named("reject-reason"),
            source: said["referring-site"] ?? attributes["referring-site"],
            history: [],
            records: answer("Cover letter", said["cover-letter"]),
          };
        }),
        attachments: [],
        ids: [id, ...theirs.map((application) => application.record.id)],
      },
    ];
  });
}

function answer(title: string, words: string | undefined) {
  const text = plainText(words ?? "");
  return text === "" ? [] : [{ kind: "answer" as const, title, text }];
}
