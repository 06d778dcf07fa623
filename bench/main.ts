import { benchFind } from "./find.ts";
import { benchStartup } from "./startup.ts";

await benchStartup();
await benchFind();
