/** The client of GitHub's own library. Only its type is imported here; the library is loaded with the first request. */
export type Octokit = InstanceType<Awaited<typeof import("octokit")>["Octokit"]>;
