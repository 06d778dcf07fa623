import type { AllowFiles } from "../domain/allow-files.ts";

/**
 * What one process was started with and its use cases need, wherever they are carried out: plain data, so that a process
 * that has the database open can carry them out for another as that one would.
 */
export type ServiceSettings = {
  /** E-mail of the member the process acts for; without it the first admin. */
  readonly member: string | undefined;
  /** Where callers may name files on this machine: only where caller and user are one. */
  readonly allowFiles: AllowFiles;
  readonly templatesDir: string | undefined;
  readonly githubToken: string | undefined;
  readonly githubApiUrl: string;
  readonly githubOwner: string | undefined;
  /** What the company is called in messages; without it they name none. */
  readonly company: string | undefined;
};
