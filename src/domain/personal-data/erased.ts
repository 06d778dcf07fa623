import { dayOf } from "../days.ts";
import { DomainError } from "../errors.ts";

/** What stands in the place of an erased person's name. */
export const ERASED_NAME = "erased person";

/** What stands in the place of a source that no other application has: it may name somebody. */
export const UNSHARED_SOURCE = "another source";

/** The forms of `knownBy` whose hashes are kept of an erased person. A name and a number are other people's too. */
export const isKeptAsHash = (form: string): boolean => /^(?:email|profile):/.test(form);

/** The refusal of whatever would work on an application of an erased person. */
export const erasedOn = (ref: string, at: Date): DomainError =>
  new DomainError(
    "precondition_failed",
    `${ref}: this person was erased on ${dayOf(at)}. Nothing can be done about the application any more.`,
    "Somebody who applies anew is added anew, as another record.",
  );
