import { DomainError } from "../errors.ts";
import type { Position } from "../pipeline/application.ts";
import type { Purpose } from "../roles/role-template.ts";
import { type ChangedValue, changesBetween, type FieldChange } from "./change.ts";

/** What of a person a merge decides on. */
export type MergedPerson = {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly timezone: string | null;
  readonly location: string | null;
  readonly links: readonly string[];
  readonly tags: readonly string[];
  readonly doNotContact: boolean;
  /** The member whose own record it is. */
  readonly memberId: string | null;
};

/** Where an application came from, and who looks after it. */
type Origin = {
  readonly source: string | null;
  readonly referredBy: string | null;
  /** Id and e-mail of a member. */
  readonly ownerId: string | null;
  readonly owner: string | null;
};

export type ApplicationToMerge = Position &
  Origin & {
    readonly id: string;
    readonly ref: string;
    /** Key of the role. */
    readonly role: string;
    readonly version: number;
    readonly appliedAt: Date;
    readonly hasSubmission: boolean;
    /** Id of the exercise that was given, if one was. */
    readonly exercise: string | null;
    readonly hasOffer: boolean;
    /** Whose card or vote is on record: one entry for each member and round, and for each voter. */
    readonly judgedBy: readonly string[];
    /** Purposes of the messages that are drafts. */
    readonly drafts: readonly Purpose[];
    /** Whether a confirmed message has not left yet. */
    readonly hasQueuedMessage: boolean;
  };

/** One of the two people, with the reference by which they were named and all of their applications. */
export type PersonToMerge = {
  readonly id: string;
  readonly ref: string;
  readonly person: MergedPerson;
  readonly applications: readonly ApplicationToMerge[];
};

/** A field that the other record had a value for. */
export type MergedField = {
  readonly field: string;
  /** Reference of the kept application, for a field of an application. */
  readonly application?: string;
  /** `filled` from the other, lists `united`, or the value of the record that is `kept`. */
  readonly how: "filled" | "united" | "kept";
  readonly kept: ChangedValue;
  readonly other: ChangedValue;
  readonly after: ChangedValue;
};

/** Two applications for one role: the other becomes a part of the kept one's line. */
export type JoinedApplications = {
  readonly other: ApplicationToMerge;
  readonly kept: ApplicationToMerge;
  readonly after: Origin & Pick<ApplicationToMerge, "appliedAt" | "hasSubmission">;
  /** The other's exercise, where each had one: it stays behind. */
  readonly exerciseLeft: string | null;
  /** Whether each had an offer. Then the other's stays behind. */
  readonly offerLeft: boolean;
  /** Scorecards and votes of members who gave one in both. The later one stands. */
  readonly judgedTwice: number;
  /** Purposes for which both have a draft: the other's is discarded. */
  readonly draftsDiscarded: readonly Purpose[];
};

export type MergePlan = {
  readonly kept: PersonToMerge;
  readonly other: PersonToMerge;
  readonly person: MergedPerson;
  readonly fields: readonly MergedField[];
  readonly joined: readonly JoinedApplications[];
  /** The other's applications for roles that the kept person has none for. */
  readonly moved: readonly ApplicationToMerge[];
};

/**
 * How two records become one person. The kept record's fields win, its blanks are filled from the other, lists are
 * united, and who asked not to be written to in either is not written to.
 * @throws DomainError `conflict` for one person or for two members of the team, `precondition_failed` while a confirmed
 * message of either has not left.
 */
export function planMerge(kept: PersonToMerge, other: PersonToMerge): MergePlan {
  requireMergeable(kept, other);
  const person: MergedPerson = {
    name: kept.person.name,
    email: kept.person.email ?? other.person.email,
    phone: kept.person.phone ?? other.person.phone,
    timezone: kept.person.timezone ?? other.person.timezone,
    location: kept.person.location ?? other.person.location,
    links: united(kept.person.links, other.person.links),
    tags: united(kept.person.tags, other.person.tags),
    doNotContact: kept.person.doNotContact || other.person.doNotContact,
    memberId: kept.person.memberId ?? other.person.memberId,
  };
  const keptOf = (role: string) => kept.applications.find((application) => application.role === role);
  const joined = other.applications.flatMap((application) => {
    const same = keptOf(application.role);
    return same ? [join(same, application)] : [];
  });
  return {
    ...{ kept, other, person, joined },
    moved: other.applications.filter(({ role }) => keptOf(role) === undefined),
    fields: [
      ...fieldsOf(PERSON_FIELDS, kept.person, other.person, person),
      ...joined.flatMap((pair) =>
        fieldsOf(ORIGIN_FIELDS, pair.kept, pair.other, pair.after).map((field) => ({
          ...field,
          application: pair.kept.ref,
        })),
      ),
    ],
  };
}

/** What changes on the kept record: blanks that are filled, and lists that grow. */
export const changesOf = ({ fields }: MergePlan): FieldChange[] =>
  fields
    .filter(({ how }) => how !== "kept")
    .flatMap(({ field, kept, after }) => changesBetween({ [field]: kept }, { [field]: after }));

function requireMergeable(kept: PersonToMerge, other: PersonToMerge): void {
  if (kept.id === other.id) throw onePerson(other.ref, kept.ref);
  const members = [kept.person.memberId, other.person.memberId];
  if (members.every((id) => id !== null) && members[0] !== members[1])
    throw new DomainError(
      "conflict",
      `merge_into: ${other.ref} and ${kept.ref} are the own records of two members of the team, so they are not one person.`,
      "Correct the member or the e-mail of one of them first.",
    );
  const queued = [...other.applications, ...kept.applications].filter((a) => a.hasQueuedMessage);
  if (queued.length === 0) return;
  throw new DomainError(
    "precondition_failed",
    `merge_into: a confirmed message to ${queued.map(({ ref }) => ref).join(" and ")} has not left yet, and it keeps its recipient. ` +
      "Nothing was changed.",
    { do: "cancel_message" },
  );
}

/** The error for two references of one person. */
export const onePerson = (application: string, into: string): DomainError =>
  new DomainError(
    "conflict",
    `merge_into: ${application} and ${into} are one person on record. Nothing was changed.`,
    "Name an application of the other person.",
  );

function join(kept: ApplicationToMerge, other: ApplicationToMerge): JoinedApplications {
  const isLeft = kept.exercise !== null && other.exercise !== null;
  // A submission for another exercise than the kept one's does not hand in the kept one's.
  const isHandedIn = other.hasSubmission && (!isLeft || kept.exercise === other.exercise);
  return {
    ...{ kept, other },
    after: {
      source: kept.source ?? other.source,
      referredBy: kept.referredBy ?? other.referredBy,
      ...(kept.ownerId === null ? ownerOf(other) : ownerOf(kept)),
      appliedAt: new Date(Math.min(+kept.appliedAt, +other.appliedAt)),
      hasSubmission: kept.hasSubmission || isHandedIn,
    },
    exerciseLeft: isLeft ? other.exercise : null,
    offerLeft: kept.hasOffer && other.hasOffer,
    judgedTwice: other.judgedBy.filter((by) => kept.judgedBy.includes(by)).length,
    draftsDiscarded: other.drafts.filter((purpose) => kept.drafts.includes(purpose)),
  };
}

const ownerOf = ({ ownerId, owner }: Origin) => ({ ownerId, owner });

const united = (kept: readonly string[], other: readonly string[]): string[] => [
  ...new Set([...kept, ...other]),
];

type Names<K extends string> = readonly (readonly [key: K, field: string])[];

const PERSON_FIELDS = [
  ["name", "name"],
  ["email", "email"],
  ["phone", "phone"],
  ["timezone", "timezone"],
  ["location", "location"],
  ["links", "links"],
  ["tags", "tags"],
  ["doNotContact", "do_not_contact"],
] as const satisfies Names<keyof MergedPerson>;

const ORIGIN_FIELDS = [
  ["source", "source"],
  ["referredBy", "referred_by"],
  ["owner", "owner"],
] as const satisfies Names<keyof Origin>;

/** The fields in which the other record adds something, or differs. */
function fieldsOf<K extends string>(
  names: Names<K>,
  kept: Readonly<Record<K, ChangedValue>>,
  other: Readonly<Record<K, ChangedValue>>,
  after: Readonly<Record<K, ChangedValue>>,
): MergedField[] {
  return names.flatMap(([key, field]) => {
    const values = { kept: kept[key], other: other[key], after: after[key] };
    if (isBlank(values.other) || isSame(values.kept, values.other)) return [];
    const isChanged = !isSame(values.kept, values.after);
    if (Array.isArray(values.other) && !isChanged) return [];
    const how = !isChanged ? "kept" : isBlank(values.kept) ? "filled" : "united";
    return [{ field, how, ...values } as const];
  });
}

const isBlank = (value: ChangedValue): boolean =>
  value === null || value === false || (Array.isArray(value) && value.length === 0);
const isSame = (a: ChangedValue, b: ChangedValue): boolean => JSON.stringify(a) === JSON.stringify(b);
