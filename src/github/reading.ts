/** What every reader of GitHub is told beside the address. */
export type Reading = {
  readonly webOrigin: string;
  readonly hasToken: boolean;
  readonly isReadWhole: (path: string) => boolean;
  readonly signal: AbortSignal;
};
