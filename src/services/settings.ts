import type { AllowFiles } from "../domain/allow-files.ts";

/**
 * The settings of a process that its use cases need. Plain data, so that the process that has the database open can carry
 * out a call of another process with the settings of that one.
 */
export type ServiceSettings = {
  /** E-mail of the member the process acts for; without it the first admin. */
  readonly member: string | undefined;
  /** Where callers may name files on this machine. Only over stdio, where the caller is the user. */
  readonly allowFiles: AllowFiles;
  readonly templatesDir: string | undefined;
  readonly githubToken: string | undefined;
  readonly githubApiUrl: string;
  readonly githubOwner: string | undefined;
  /** What the company is called in messages; without it they name none. */
  readonly company: string | undefined;
};
