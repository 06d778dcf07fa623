// The sentences that an answer about a document carries as fields.

export const AUTHOR_STATED = "This mail is already there; whose it is is on record now.";
export const ALREADY_STORED = "This text is already there: nothing was changed.";
export const CHANGED_BEFORE = "It is so already: nothing was changed.";
