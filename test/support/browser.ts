import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Debian's browser. Where GREENFLAG_TEST_BROWSER is set, as in CI, a missing one is a failure. */
const CHROMIUM = "/usr/bin/chromium";
const isWanted = process.env.GREENFLAG_TEST_BROWSER === "required";

export const hasBrowser = existsSync(CHROMIUM) || isWanted;

/** A real browser that asks nobody on the network for anything by itself. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
