import { type App, createApp } from "../app.ts";
import type { Config } from "../config.ts";
import type { Services } from "../services/services.ts";
import type { Upkeep } from "../services/upkeep.ts";

/** Runs one command on the program, and closes the program also after an error. */
export async function withApp<T>(
  config: Config,
  { command, allowFiles = false }: { readonly command: string; readonly allowFiles?: boolean },
  work: (app: App) => Promise<T>,
): Promise<T> {
  const app = createApp(config, { command, allowFiles });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** A person at a terminal ends the program instead of cancelling a call. */
export const NEVER_CANCELLED = new AbortController().signal;

/** The same for a command that acts for no member. */
export const withUpkeep = (
  config: Config,
  options: { readonly command: string; readonly isRead?: boolean },
  work: (at: Upkeep, services: Services) => Promise<void>,
): Promise<void> =>
  withApp(config, options, async (app) => {
    const services = await app.services();
    await work(await services.startUpkeep({ ...options, signal: NEVER_CANCELLED }), services);
  });
