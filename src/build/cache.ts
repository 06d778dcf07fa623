import { fileURLToPath } from "node:url";

/** What one build or one run of the tests leaves for the next; it may be deleted at any time. */
export const CACHE = fileURLToPath(new URL("../../node_modules/.cache/greenflag", import.meta.url));
