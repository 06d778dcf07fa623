import { loadExportFiles } from "../../catalog/export-files.ts";
import { type ApplicationStatus, searchKey } from "../../domain/pipeline/application.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { ImportedRecord } from "../../domain/transfer/imported.ts";
import { type Entry, readAll } from "./fields.ts";
import { Application, Listed, type Named, Opportunity, Written } from "./lever-shapes.ts";
import { plainText, questionLine, readable } from "./plain-text.ts";
import { ownerInPath } from "./records.ts";
import {
  type Attachment,
  addresses,
  byTime,
  type Draft,
  groupBy,
  type Item,
  lines,
  linkOf,
  order,
  type Told,
  tellAll,
  unique,
  type Vendor,
} from "./vendor.ts";

/** Answers of Lever's API: opportunities with applications, notes, feedback and the lists that name their ids. */
export const lever: Vendor = {
  system: "lever",
  title: "Lever",
  kinds: [
    { id: "opportunity", has: [["stageChanges"], ["emails", "stage", "archived"], ["contact", "origin"]] },
    {
      id: "application",
      has: [
        ["posting", "candidateId"],
        ["posting", "opportunityId"],
      ],
    },
    { id: "referral", has: [["fields", "referrer"]] },
    { id: "feedback", has: [["fields", "baseTemplateId"]] },
    { id: "note", has: [["fields", "secret"]] },
    { id: "resume", has: [["file", "parsedData"]] },
    { id: "offer", has: [["fields", "creator", "status"], ["sentDocument"]], left: "offers" },
    { id: "eeo answer", has: [["eeoResponses"], ["gender", "race"]], left: "demographic" },
    { id: "user", has: [["accessRole"]] },
    // Stages, archive reasons and postings.
    { id: "list entry", has: [["id", "text"]] },
  ],
  assemble,
};

type Context = {
  readonly nameOf: (named: Named | null | undefined, where: string, field: string) => string | undefined;
  readonly isHiredReason: (id: string | undefined) => boolean;
  readonly applicationsOf: (opportunity: Opportunity) => readonly Application[];
  readonly writtenOf: (kind: string, id: string) => readonly Written[];
};

function assemble(itemsOf: (kind: string) => readonly Item[], told: Told): Draft[] {
  const opportunities = readAll(itemsOf("opportunity"), Opportunity, told);
  const byId = new Map(opportunities.map(({ record }) => [record.id, record]));
  const context = contextOf(itemsOf, byId, told);
  const kept = opportunities.filter(({ where, record }) => {
    if (record.isAnonymized || record.name === undefined)
      told({
        where,
        field: "name",
        why: record.isAnonymized ? "is anonymized: left out" : "has no name: left out",
      });
    return !record.isAnonymized && record.name !== undefined;
  });
  const people = groupBy(kept, ({ record }) => record.contact?.id ?? record.id);
  return [...people].map(([id, entries]) => personOf(id, entries, context));
}

function contextOf(
  itemsOf: (kind: string) => readonly Item[],
  byId: ReadonlyMap<string, Opportunity>,
  told: Told,
): Context {
  const listed = [...readAll(itemsOf("list entry"), Listed, told), ...readAll(itemsOf("user"), Listed, told)];
  const names = new Map(listed.map(({ record }) => [record.id, record]));
  const stages = new Map(Object.entries(loadExportFiles().lever_stages));
  const applications = readAll(itemsOf("application"), Application, told);
  const applicationById = new Map(applications.map(({ record }) => [record.id, record]));
  const applicationsOf = groupBy(applications, ({ record }) => record.opportunityId ?? undefined);
  const all = [...byId.values()].map((record) => ({ where: `opportunity ${record.id}`, record }));
  tellAll(
    all.filter(({ record }) =>
      record.applications.some(
        (one) => typeof one === "string" && !applicationById.has(one) && !applicationsOf.has(record.id),
      ),
    ),
    "its application is not in the export, so that its posting is not known",
    told,
  );
  tellAll(
    applications.filter(({ record }) => record.opportunityId && !byId.has(record.opportunityId)),
    "its opportunity is not in the export: left out",
    told,
  );
  const written = new Map(
    ["note", "feedback", "referral", "resume"].map((kind) => [
      kind,
      writtenBy(readAll(itemsOf(kind), Written, told)),
    ]),
  );
  function writtenBy(entries: readonly Entry<Written>[]): Map<string, Written[]> {
    const owned = entries.map(({ where, file, record }) => ({
      where,
      record,
      owner: record.opportunityId ?? record.opportunity_id ?? ownerInPath(file, byId),
    }));
    tellAll(
      owned.filter(({ owner }) => !byId.has(owner ?? "")),
      "does not say whose it is: name its file by the opportunity's id",
      told,
    );
    const secret = entries.filter(({ record }) => record.secret && record.deletedAt === undefined);
    if (secret.length > 0)
      told({
        where: "Lever",
        why: `${pluralize(secret.length, "secret note")}: left out, as here the team would read them`,
      });
    const usable = owned.filter(({ record }) => !record.secret && record.deletedAt === undefined);
    const groups = groupBy(usable, ({ owner }) => owner);
    return new Map([...groups].map(([id, list]) => [id, list.map(({ record }) => record)]));
  }
  const unnamed = new Set<string>();
  return {
    nameOf: (named, where, field) => {
      if (named === undefined || named === null) return undefined;
      const entry = names.get(named.id);
      const name = named.text ?? named.name ?? entry?.text ?? entry?.name ?? stages.get(named.id);
      if (name === undefined && !unnamed.has(`${field} ${named.id}`)) {
        unnamed.add(`${field} ${named.id}`);
        told({ where, field, why: "no list of the export has a name for its id: left out" });
      }
      return name;
    },
    isHiredReason: (id) => names.get(id ?? "")?.type === "hired",
    applicationsOf: ({ id, applications: within }) => {
      const inPlace = within.map((one) => (typeof one === "string" ? applicationById.get(one) : one));
      const all = new Map(
        [...unique(inPlace), ...(applicationsOf.get(id) ?? []).map(({ record }) => record)].map(
          (application) => [application.id, application],
        ),
      );
      return [...all.values()].toSorted(
        (a, b) => order(a.createdAt ?? "", b.createdAt ?? "") || order(a.id, b.id),
      );
    },
    writtenOf: (kind, id) => written.get(kind)?.get(id) ?? [],
  };
}

/** Opportunities with one contact are one person. What the latest says of them comes first. */
function personOf(id: string, entries: readonly Entry<Opportunity>[], context: Context): Draft {
  const byStart = entries.toSorted(
    (a, b) => order(a.record.createdAt ?? "", b.record.createdAt ?? "") || order(a.record.id, b.record.id),
  );
  const latest = byStart
    .map(({ record }) => record)
    .toSorted(
      (a, b) =>
        order(b.updatedAt ?? b.createdAt ?? "", a.updatedAt ?? a.createdAt ?? "") || order(a.id, b.id),
    );
  const [email, ...otherEmails] = addresses(latest.flatMap(({ emails }) => emails));
  const phones = latest.flatMap((one) => one.phones);
  return {
    where: byStart[0]?.where ?? id,
    id,
    name: latest[0]?.name ?? "",
    ...{ email, otherEmails },
    phone: (phones.find(({ type }) => type === "mobile") ?? phones[0])?.value,
    links: unique(latest.flatMap(({ links }) => links.map(linkOf))),
    location: unique(latest.map(({ location }) => location))[0],
    tags: unique(latest.flatMap(({ tags }) => tags)),
    doNotContact: latest.some(({ dataProtection }) => dataProtection?.contact?.allowed === false),
    files: [],
    records: [],
    applications: byStart.map((entry) => applicationOf(entry, context)),
    attachments: latest.flatMap((one) => context.writtenOf("resume", one.id).flatMap(attachmentOf)),
    ids: [id, ...latest.map((one) => one.id)],
  };
}

const attachmentOf = ({ file }: Written): Attachment[] =>
  file?.name === undefined ? [] : [{ name: file.name, kind: "resume" }];

function applicationOf({ where, record }: Entry<Opportunity>, context: Context) {
  const applications = context.applicationsOf(record);
  const application = applications.at(-1);
  const stage = context.nameOf(record.stage, where, "stage");
  const reason = context.nameOf(record.archived?.reason, where, "archived.reason");
  const steps = record.stageChanges
    .flatMap(({ toStageId, updatedAt }) => {
      const name = context.nameOf({ id: toStageId }, where, "stageChanges");
      return name === undefined || updatedAt === undefined ? [] : [{ stage: name, enteredAt: updatedAt }];
    })
    .toSorted((a, b) => order(a.enteredAt, b.enteredAt));
  const status = statusOf(record, reason, context);
  const last = steps.at(-1);
  const entered =
    last === undefined ? record.lastAdvancedAt : last.stage === stage ? last.enteredAt : undefined;
  const referral = context.writtenOf("referral", record.id)[0];
  return {
    id: record.id,
    role: context.nameOf(application?.posting, where, "posting"),
    stage,
    status,
    appliedAt: application?.createdAt ?? record.createdAt,
    stageEnteredAt: status === "active" ? entered : undefined,
    endedAt: record.archived?.archivedAt,
    reason: status === "rejected" || status === "withdrawn" ? reason : undefined,
    source: record.sources.join(", ") || undefined,
    referredBy: referral && context.nameOf(referral.referrer ?? referral.user, where, "referrer"),
    owner: context.nameOf(record.owner, where, "owner"),
    history: steps,
    records: [
      ...applications.flatMap(answersOf),
      ...byTime([
        ...context.writtenOf("note", record.id).flatMap((note) => noteOf(note, where, context)),
        ...context.writtenOf("feedback", record.id).flatMap((card) => feedbackOf(card, where, context)),
      ]),
    ],
  };
}

function statusOf(
  { archived }: Opportunity,
  reason: string | undefined,
  context: Context,
): ApplicationStatus {
  if (archived === undefined || archived === null) return "active";
  if (context.isHiredReason(archived.reason?.id) || searchKey(reason ?? "") === "hired") return "hired";
  const own = loadExportFiles().withdrew.some((words) => searchKey(words) === searchKey(reason ?? ""));
  return own ? "withdrawn" : "rejected";
}

function answersOf({ comments, customQuestions }: Application): ImportedRecord[] {
  const answers = [
    ...customQuestions.flatMap(({ fields }) =>
      fields.map(({ text: title, value }) => ({ title, text: readable(value) })),
    ),
    { title: "Additional information", text: plainText(comments ?? "") },
  ];
  return answers.filter(({ text }) => text !== "").map((answer) => ({ kind: "answer", ...answer }));
}

function noteOf(note: Written, where: string, context: Context): ImportedRecord[] {
  const text =
    lines(...note.fields.map(({ value }) => readable(value))) || (note.fields.length === 0 ? note.text : "");
  if (text === undefined || text === "") return [];
  const author = context.nameOf(note.user, where, "user");
  return [{ kind: "note", text, author, writtenAt: note.completedAt ?? note.createdAt }];
}

/** A card that is not completed is a draft of its writer, and nobody else's to read. */
function feedbackOf(card: Written, where: string, context: Context): ImportedRecord[] {
  if (card.completedAt === undefined) return [];
  const isOverall = ({ type }: Written["fields"][number]) => type === "score-system";
  const others = card.fields.filter((field) => !isOverall(field));
  const overall = card.fields.filter(isOverall).map(({ value }) => readable(value));
  return [
    {
      kind: "scorecard",
      title: card.text,
      text: lines(...others.map(({ text, value }) => questionLine(text, readable(value)))),
      author: context.nameOf(card.user, where, "user"),
      recommendation: overall.find((text) => text !== ""),
      writtenAt: card.completedAt,
    },
  ];
}
