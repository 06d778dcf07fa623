/** The options of every function that reads from GitHub. */
export type Reading = {
  readonly webOrigin: string;
  readonly hasToken: boolean;
  readonly isReadWhole: (path: string) => boolean;
  readonly signal: AbortSignal;
};
