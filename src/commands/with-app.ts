import { type App, createApp } from "../app.ts";
import type { Config } from "../config.ts";

/** Runs one command on the program, and closes the program also after an error. */
export async function withApp<T>(
  config: Config,
  options: { readonly command: string; readonly allowFiles?: boolean },
  work: (app: App) => Promise<T>,
): Promise<T> {
  const app = createApp(config, { allowFiles: false, ...options });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
