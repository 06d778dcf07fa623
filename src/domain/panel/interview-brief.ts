import type { Assessment } from "../evaluation/assessment.ts";
import type { Role } from "../roles/role.ts";
import type { Question, RoleTemplate } from "../roles/role-template.ts";

type Kit = RoleTemplate["interviews"][number];

/** A flag that the documents leave open, and what to ask about it. */
type OpenFlag = {
  readonly id: string;
  readonly label: string;
  readonly verdict: string;
  readonly question: string;
};

/** A question that the submission raises, and where in it. */
type Raised = {
  readonly ask: string;
  readonly path?: string | undefined;
  readonly line?: number | undefined;
};

/** What one interviewer prepares from: the round's kit, and what is open about this candidate. No colleague's words. */
export type InterviewBrief = Pick<Kit, "round" | "purpose" | "minutes" | "criteria" | "do_not_ask"> & {
  readonly outcomes: readonly string[];
  readonly questions: readonly Pick<Question, "question" | "follow_ups" | "listen_for">[];
  /** Null before the first assessment. */
  readonly open: readonly OpenFlag[] | null;
  /** What the submission raises. */
  readonly raised: readonly Raised[];
  /** Ids of the documents that were handed in. */
  readonly handed_in: readonly string[];
  readonly to_check: readonly string[];
};

/** What is known of the candidate's work. */
export type WorkFacts = Pick<InterviewBrief, "raised" | "handed_in" | "to_check">;

/** The brief of a round with a kit. */
export function briefOf(
  { interviews: _, ...template }: RoleTemplate,
  kit: Kit,
  { outcomes }: Pick<Role, "outcomes">,
  assessment: Pick<Assessment, "flags"> | null,
  work: WorkFacts,
): InterviewBrief {
  const { round, purpose, minutes, criteria, do_not_ask } = kit;
  const questions = kit.questions.flatMap((id) =>
    template.questions.filter((question) => question.id === id),
  );
  return {
    ...{ round, purpose, minutes, outcomes, criteria, do_not_ask },
    questions: questions.map(({ question, follow_ups, listen_for }) => ({
      question,
      follow_ups,
      listen_for,
    })),
    open: assessment && openFlags(assessment, template),
    ...work,
  };
}

/** Flags that the documents leave open, each with its question. Nobody's remarks are included. */
function openFlags(
  { flags }: Pick<Assessment, "flags">,
  { rubric }: Pick<RoleTemplate, "rubric">,
): OpenFlag[] {
  return rubric.flags.flatMap(({ id, label, polarity, question }) => {
    const verdict = flags.find((flag) => flag.id === id)?.verdict ?? "unclear";
    const isSettled = polarity === "green" ? verdict === "present" : verdict === "absent";
    return isSettled ? [] : [{ id, label, verdict, question }];
  });
}
