import { loadCatalog } from "./catalog/load.ts";
import { createGithub } from "./github/client.ts";
import { createMailer } from "./mail/mailer.ts";
import { createDispatcher, type DispatchDeps, type Dispatcher } from "./services/outreach/dispatcher.ts";
import { createServices, type ServiceDeps, type Services } from "./services/services.ts";
import type { ServiceSettings } from "./services/settings.ts";

// What a process needs for its first call and none for the list of tools, so it is loaded together, and by `import()` alone.

type Deps = Pick<ServiceDeps, "store" | "now" | "mail">;

/** The use cases as a process with these settings has them, on the database that is open in this one. */
export function servicesWith(settings: ServiceSettings, deps: Deps): Services {
  const { member, allowFiles, company, templatesDir, githubToken, githubApiUrl, githubOwner } = settings;
  return createServices({
    ...deps,
    catalog: loadCatalog(templatesDir === undefined ? {} : { directory: templatesDir }),
    github: createGithub({ token: githubToken, apiUrl: githubApiUrl }),
    githubOwner,
    member,
    allowFiles,
    company,
  });
}

/** What sends confirmed messages through a mail server. */
export const dispatcherFor = (smtpUrl: string, deps: Omit<DispatchDeps, "mailer">): Dispatcher =>
  createDispatcher({ ...deps, mailer: createMailer(smtpUrl) });
