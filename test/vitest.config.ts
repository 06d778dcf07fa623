// The file stands at the root, where the tools look for it; this is for whoever names it here.
export { default } from "../vitest.config.ts";
