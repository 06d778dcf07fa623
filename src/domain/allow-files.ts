/**
 * Where files may be read that a caller names: nowhere, in the places of this process's user, or in the listed folders, which
 * are those of the process that the call came from.
 */
export type AllowFiles = boolean | readonly string[];
