import { DomainError } from "../errors.ts";

/** A link is good for this long after it was made, and its page with it. */
export const LINK_MINUTES = 10;
/** The most files that one link takes, kept or not. */
export const MAX_FILES_OF_A_LINK = 10;
/** The most bytes of one file, by whatever way it comes. */
export const MAX_FILE_BYTES = 10_000_000;
/** For this long after a link has ended, whoever asked for it is told what arrived through it. */
export const TOLD_MINUTES = 60;

/** What is known about a link where somebody comes with one of its secrets. */
export type LinkState = {
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly files: number;
};

const NEW_ONE = "Ask your assistant for a new link.";

/** @throws DomainError `declined` where the time of the link is over or its person said that they are done */
export function requireGood({ expiresAt, endedAt }: LinkState, now: Date): void {
  if (endedAt !== null)
    throw new DomainError("declined", "link: you finished with it, so it takes no more.", NEW_ONE);
  if (expiresAt <= now)
    throw new DomainError("declined", `link: its ${LINK_MINUTES} minutes are over.`, NEW_ONE);
}

/** @throws DomainError `declined` where the link is not good any more or has taken all the files that it may */
export function requireRoomForOne(link: LinkState, now: Date): void {
  requireGood(link, now);
  if (link.files < MAX_FILES_OF_A_LINK) return;
  throw new DomainError(
    "declined",
    `link: it has taken ${MAX_FILES_OF_A_LINK} files, the most it may.`,
    NEW_ONE,
  );
}

/** The error for a secret that belongs to no link. */
export const unknownLink = (): DomainError =>
  new DomainError(
    "not_found",
    "link: it is not known here; perhaps it was cut off when it was copied.",
    NEW_ONE,
  );

/** The error for a link that somebody opened before: each is opened once. */
export const openedBefore = (): DomainError =>
  new DomainError("declined", "link: it was opened before, and each is opened once.", NEW_ONE);
