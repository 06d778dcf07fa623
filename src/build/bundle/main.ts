import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeBundle } from "./bundle.ts";
import { bytesIn, pack } from "./pack.ts";

const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
const bundle = fileURLToPath(new URL("../../../bundle", import.meta.url));

await makeBundle(bundle);
console.log(`${bundle}: ${mib(bytesIn(bundle))}`);
const { tarball, mcpb } = await pack(bundle);
for (const file of [tarball, mcpb]) console.log(`${file}: ${mib(statSync(file).size)}`);
