// What a merge of two people says: what a person agrees to.

import type { ChangedValue } from "../../../domain/candidates/change.ts";
import type { JoinedApplications, MergedField, MergePlan } from "../../../domain/candidates/merge-plan.ts";
import { statusLabel } from "../../../domain/pipeline/application.ts";
import { pluralize } from "../../../domain/pluralize.ts";

/** What a person reads before two records become one person. */
export function mergeText({ kept, other, person, fields, joined, moved }: MergePlan): string {
  const of = (how: MergedField["how"]) => fields.filter((field) => field.how === how);
  return [
    `Make ${other.person.name} (${other.ref}) and ${kept.person.name} (${kept.ref}) one person, and keep the record of ${kept.ref}.`,
    listed("Kept, where the two differ", of("kept").map(differing)),
    listed("Filled in from the other", of("filled").map(filled)),
    listed("Put together", of("united").map(added)),
    person.doNotContact && "They asked not to be written to, and that holds.",
    ...joined.map(joinedText),
    moved.length > 0 && `${moved.map(({ ref }) => ref).join(", ")}: theirs from now on.`,
    "This cannot be undone.",
  ]
    .filter((sentence) => typeof sentence === "string")
    .join(" ");
}

const listed = (what: string, entries: readonly string[]): string | undefined =>
  entries.length === 0 ? undefined : `${what}: ${entries.join("; ")}.`;

/** The name of a field, with the application that it is of. */
const nameOf = ({ field, application }: MergedField): string =>
  application === undefined ? field : `${field} of ${application}`;

const differing = (field: MergedField): string =>
  `${nameOf(field)} ${valueText(field.kept)} (not ${valueText(field.other)})`;
const filled = (field: MergedField): string => `${nameOf(field)} ${valueText(field.after)}`;
const added = (field: MergedField): string => `${nameOf(field)} ${valueText(field.after)}`;

const valueText = (value: ChangedValue): string =>
  typeof value === "object" && value !== null ? value.join(", ") : String(value);

/** What becomes of two applications for one role. */
function joinedText({ other, kept, after, ...facts }: JoinedApplications): string {
  const { exerciseLeft, offerLeft, judgedTwice, draftsDiscarded } = facts;
  const isEarlier = +after.appliedAt !== +kept.appliedAt;
  return [
    `${other.ref} (${statusLabel(other)}) becomes a part of ${kept.ref}, which stays at ${statusLabel(kept)}` +
      `${isEarlier ? `, applied ${after.appliedAt.toISOString().slice(0, 10)}` : ""}.`,
    judgedTwice > 0 &&
      `Of ${pluralize(judgedTwice, "scorecard or vote", "scorecards or votes")} given in both by one member, the later stands.`,
    draftsDiscarded.length > 0 &&
      `Of the drafts for ${draftsDiscarded.join(", ")}, the one of ${other.ref} is discarded.`,
    exerciseLeft !== null &&
      `Each was given an exercise: ${kept.exercise} stays, and ${exerciseLeft} of ${other.ref} is left behind.`,
    offerLeft &&
      `Each has an offer on record: that of ${kept.ref} stays, and that of ${other.ref} is left behind.`,
  ]
    .filter((sentence) => typeof sentence === "string")
    .join(" ");
}
