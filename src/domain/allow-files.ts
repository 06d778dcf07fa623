/**
 * Where a caller may name files: nowhere (false), in the folders of this process's user (true), or in the listed folders
 * of the process that the call came from.
 */
export type AllowFiles = boolean | readonly string[];
