// The sentences that an answer about a document carries as fields.

export const ALREADY_STORED = "This text is already there: nothing was changed.";
