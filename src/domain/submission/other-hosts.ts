/** How a git host other than the one that is read writes its addresses. */
type OtherHost = {
  readonly host: RegExp;
  /** The path of the repository, and the number of a merge request. */
  readonly path: RegExp;
  /** Where the host keeps the head of a merge request; undefined where it keeps none. */
  readonly refOf?: (number: string) => string;
};

const PLAIN_PATH = /^\/((?:~?[\w.-]{1,100}\/){1,5}[\w.-]{1,100}?)(?:\.git)?\/?$/;

const HOSTS: readonly OtherHost[] = [
  {
    host: /(?:^|\.)gitlab\./,
    path: /^\/((?:[\w.-]{1,100}\/){1,5}[\w.-]{1,100}?)(?:\.git)?\/-\/(?:merge_requests\/(\d{1,10}))?/,
    refOf: (number) => `merge-requests/${number}/head`,
  },
  {
    host: /^bitbucket\.org$/,
    path: /^\/([\w.-]{1,100}\/[\w.-]{1,100}?)(?:\.git)?\/(?:pull-requests|src|branch|commits)(?:\/|$)/,
  },
  {
    host: /^(?:codeberg\.org|gitea\.com)$/,
    path: /^\/([\w.-]{1,100}\/[\w.-]{1,100}?)(?:\.git)?\/(?:src|pulls\/(\d{1,10}))(?:\/|$)/,
    refOf: (number) => `pull/${number}/head`,
  },
  {
    host: /^(?:dev\.azure\.com|[\w-]+\.visualstudio\.com)$/,
    path: /^\/((?:[\w.-]{1,100}\/){1,3}_git\/[\w.-]{1,100})(?:\/pullrequest\/\d{1,10})?\/?$/,
  },
  {
    host: /^(?:www\.)?github\.com$/,
    path: /^\/([\w.-]{1,100}\/[\w.-]{1,100}?)(?:\.git)?\/pull\/(\d{1,10})(?:\/|$)/,
    refOf: (number) => `pull/${number}/head`,
  },
];

/**
 * The commands that make a readable clone of what an address on a known host names, in their order. Undefined for any
 * other host, and for an address with characters that a shell would read.
 */
export function cloneCommands({ host, pathname }: URL): string[] | undefined {
  const known = HOSTS.find((other) => other.host.test(host));
  if (!known) return undefined;
  const [, path, number] = known.path.exec(pathname) ?? PLAIN_PATH.exec(pathname) ?? [];
  if (path === undefined || /(?:^|\/)[.-]/.test(path)) return undefined;
  const folder = path.split("/").at(-1) ?? "";
  const clone = `git clone https://${host}/${path}${path.includes("/_git/") ? "" : ".git"}`;
  if (number === undefined || !known.refOf) return [clone];
  return [
    clone,
    `git -C ${folder} fetch origin ${known.refOf(number)}:answer`,
    `git -C ${folder} switch answer`,
  ];
}
