import { benchEvidence } from "./evidence.ts";
import { benchFind } from "./find.ts";
import { benchStartup } from "./startup.ts";

await benchStartup();
benchEvidence();
await benchFind();
