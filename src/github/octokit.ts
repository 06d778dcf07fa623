/** The client of GitHub's own library. It is loaded with the first request; its type costs nothing. */
export type Octokit = InstanceType<Awaited<typeof import("octokit")>["Octokit"]>;
