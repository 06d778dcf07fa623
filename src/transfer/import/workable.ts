import * as z from "zod";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { ImportedRecord } from "../../domain/transfer/imported.ts";
import { Anything, Flag, Id, listOf, Moment, readAll, Texts, Words } from "./fields.ts";
import { plainText, readable } from "./plain-text.ts";
import { ownerInPath } from "./records.ts";
import {
  byTime,
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

const Candidate = z.object({
  id: Id,
  ...{ name: Words, firstname: Words, lastname: Words, email: Words, phone: Words, address: Words },
  job: z.object({ title: Words }).nullish(),
  ...{ stage: Words, stage_kind: Words, disqualified: Flag, withdrew: Flag, anonymized: Flag, sourced: Flag },
  ...{ disqualified_at: Moment, disqualification_reason: Words, hired_at: Moment, created_at: Moment },
  ...{ common_source: Words, domain: Words, cover_letter: Words, summary: Words },
  location: z.object({ location_str: Words }).nullish(),
  social_profiles: listOf(z.object({ url: Words })),
  tags: Texts,
  answers: listOf(
    z.object({ question: z.object({ body: Words }).nullish(), answer: Anything, body: Anything }),
  ),
  resume_metadata: z.object({ filename: Words }).nullish(),
});
type Candidate = z.infer<typeof Candidate>;

const Activity = z.object({
  candidate_id: Id.nullish(),
  ...{ action: Words, stage_name: Words, created_at: Moment, body: Words },
  ...{ target_stage: z.object({ name: Words }).nullish(), member: z.object({ name: Words }).nullish() },
  rating: z.object({ score: z.union([z.string(), z.number()]).nullish() }).nullish(),
});
type Activity = z.infer<typeof Activity>;

/** Candidates and activities of Workable's API. Each candidate is one person's try for one job. */
export const workable: Vendor = {
  system: "workable",
  title: "Workable",
  kinds: [
    { id: "candidate", has: [["stage_kind"], ["job", "disqualified"]] },
    {
      id: "activity",
      has: [
        ["action", "stage_name"],
        ["action", "member"],
      ],
    },
    { id: "offer", has: [["offer_variables"]], left: "offers" },
    {
      id: "job",
      has: [
        ["shortcode", "full_title"],
        ["shortcode", "state"],
      ],
      left: "unneeded",
    },
  ],
  assemble,
};

function assemble(itemsOf: (kind: string) => readonly Item[], told: Told): Draft[] {
  const candidates = readAll(itemsOf("candidate"), Candidate, told);
  const byId = new Map(candidates.map(({ record }) => [record.id, record]));
  const activities = readAll(itemsOf("activity"), Activity, told).map((activity) => ({
    ...activity,
    owner: activity.record.candidate_id ?? ownerInPath(activity.file, byId),
  }));
  const activitiesOf = groupBy(activities, ({ owner }) => owner);
  tellAll(
    activities.filter(({ owner }) => !byId.has(owner ?? "")),
    "does not say whose it is, or its candidate is not there: left out",
    told,
  );
  return candidates.flatMap(({ where, record }) => {
    const name = record.name ?? joined(" ", [record.firstname, record.lastname]);
    if (record.anonymized || name === "") {
      told({
        where,
        field: "name",
        why: record.anonymized ? "is anonymized: left out" : "has no name: left out",
      });
      return [];
    }
    const theirs = (activitiesOf.get(record.id) ?? []).map((activity) => activity.record);
    const filename = record.resume_metadata?.filename;
    return [
      {
        where,
        id: record.id,
        name,
        email: record.email,
        otherEmails: [],
        phone: record.phone,
        links: unique(record.social_profiles.map(({ url }) => url)).map(linkOf),
        location: record.location?.location_str ?? record.address,
        tags: record.tags,
        doNotContact: false,
        files: [],
        records: [],
        applications: [applicationOf(record, theirs)],
        attachments: filename === undefined ? [] : [{ name: filename, kind: "resume" as const }],
        ids: [record.id],
      },
    ];
  });
}

function applicationOf(record: Candidate, activities: readonly Activity[]) {
  const history = activities
    .flatMap(({ target_stage, created_at: enteredAt }) =>
      target_stage?.name === undefined || enteredAt === undefined
        ? []
        : [{ stage: target_stage.name, enteredAt }],
    )
    .toSorted((a, b) => order(a.enteredAt, b.enteredAt));
  const status = statusOf(record);
  const last = history.at(-1);
  const source = record.common_source === "Unknown" ? undefined : record.common_source;
  return {
    id: record.id,
    role: record.job?.title,
    stage: record.stage,
    status,
    appliedAt: record.created_at,
    stageEnteredAt: status === "active" && last?.stage === record.stage ? last?.enteredAt : undefined,
    endedAt: status === "hired" ? record.hired_at : status === "active" ? undefined : record.disqualified_at,
    reason: status === "rejected" || status === "withdrawn" ? record.disqualification_reason : undefined,
    source: source ?? record.domain,
    history,
    records: [...answersOf(record), ...byTime(activities.flatMap(recordOf))],
  };
}

function statusOf({ withdrew, disqualified, hired_at, stage_kind }: Candidate): ApplicationStatus {
  if (withdrew) return "withdrawn";
  if (disqualified) return "rejected";
  return hired_at !== undefined || stage_kind === "hired" ? "hired" : "active";
}

function answersOf({ cover_letter, summary, answers }: Candidate): ImportedRecord[] {
  const written = [
    { title: "Cover letter", text: plainText(cover_letter ?? "") },
    { title: "Summary", text: plainText(summary ?? "") },
    ...answers.map(({ question, answer, body }) => ({
      title: question?.body,
      text: readable(answer ?? body),
    })),
  ];
  return written.filter(({ text }) => text !== "").map((answer) => ({ kind: "answer", ...answer }));
}

function recordOf({
  action,
  stage_name,
  body,
  rating,
  member,
  created_at: writtenAt,
}: Activity): ImportedRecord[] {
  const [text, author] = [plainText(body ?? ""), member?.name];
  const score = rating?.score === null || rating?.score === undefined ? undefined : String(rating.score);
  if (score !== undefined)
    return [{ kind: "scorecard", title: stage_name, text, author, recommendation: score, writtenAt }];
  return action === "comment" && text !== "" ? [{ kind: "note", text, author, writtenAt }] : [];
}
