/** What a sign-in may be narrowed to. A member's access says the rest: a scope gives nobody more than that. */
export const READ_SCOPE = "greenflag:read";
export const WRITE_SCOPE = "greenflag:write";
export const TOKEN_SCOPES = [READ_SCOPE, WRITE_SCOPE] as const;

/** The scopes with those that they include: whoever may write may read. Scopes of other services are left out. */
export const withIncluded = (scopes: readonly string[]): readonly string[] =>
  scopes.includes(WRITE_SCOPE) ? TOKEN_SCOPES : scopes.filter((scope) => scope === READ_SCOPE);
