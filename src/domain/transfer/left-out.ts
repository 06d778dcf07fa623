/** Why one is left out until somebody says what is meant. */
export type LeftOut =
  | "role_not_named"
  | "role_unknown"
  | "role_left_out"
  | "roles_of_one_name"
  | "role_closed"
  | "stage_unclear"
  | "stage_left_out"
  | "person_unclear";

/** One application of a source that is left out. */
export type LeftOutOne = {
  readonly why: LeftOut;
  /** The names of the source that are the reason. */
  readonly role?: string | undefined;
  readonly stage?: string;
  /** What the reason is, where no name of the source is. */
  readonly field?: string;
  readonly told?: string;
};

/** With its place in the source, and whose it is. */
export type LeftOutAt = LeftOutOne & { readonly where: string; readonly name: string };

/** What is left out of a person, each with its place. */
export const leftOutAt = ({
  person: { where, name },
  leftOut,
}: {
  readonly person: { readonly where: string; readonly name: string };
  readonly leftOut: readonly LeftOutOne[];
}): LeftOutAt[] => leftOut.map((one) => ({ where, name, ...one }));
