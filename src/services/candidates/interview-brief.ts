import type { Catalog } from "../../catalog/load.ts";
import { notAllowed } from "../../domain/errors.ts";
import type { Assessment } from "../../domain/evaluation/assessment.ts";
import { briefOf, type InterviewBrief } from "../../domain/panel/interview-brief.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";

/** The parts of the record that a brief is made from, as the reader may see them. */
type Parts = {
  readonly assessment: Pick<Assessment, "flags"> | null;
  readonly submission: {
    readonly follow_ups?: InterviewBrief["raised"] | undefined;
    readonly work_sample?: {
      readonly handed_in: readonly { readonly document: string }[];
      readonly to_check: readonly string[];
    };
  } | null;
};

/**
 * What an interviewer of a round prepares from. Null where no round is named and the application stands in one without
 * a kit.
 * @throws DomainError `invalid` for a round without a kit
 */
export function interviewBrief(
  { record, catalog }: { readonly record: ApplicationRecord; readonly catalog: Catalog },
  round: string | undefined,
  { assessment, submission }: Parts,
): InterviewBrief | null {
  const template = catalog.forRole(record.role);
  const kit = template.interviews.find((each) => each.round === (round ?? record.application.stage));
  if (!kit && round === undefined) return null;
  const rounds = template.interviews.map((each) => each.round);
  if (!kit) throw notAllowed("round", round ?? "", rounds);
  const { to_check = [], handed_in = [] } = submission?.work_sample ?? {};
  return briefOf(template, kit, record.role, assessment, {
    raised: submission?.follow_ups ?? [],
    handed_in: handed_in.map(({ document }) => document),
    to_check,
  });
}
