import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { parse, type Spec, View } from "vega";
import type { Chartable } from "../domain/reports/report.ts";
import { funnelSpec, timeSpec } from "./specs.ts";

const WIDTH = 800;
const { resolve } = createRequire(import.meta.url);

/**
 * The chart of a report as PNG, because some hosts do not show SVG. Null where a chart would add nothing to the
 * figures.
 */
export async function drawReport(report: Chartable): Promise<Uint8Array | null> {
  if (report.report === "funnel") return toPng(await toSvg(funnelSpec(report)));
  return report.report === "time_in_stage" ? toPng(await toSvg(timeSpec(report))) : null;
}

async function toSvg(spec: Spec): Promise<string> {
  const view = new View(parse(spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

let ready: Promise<Uint8Array> | undefined;

/** Starts the renderer once and loads a typeface from a package, because a server may have no fonts. */
function start(): Promise<Uint8Array> {
  ready ??= (async () => {
    await initWasm(await readFile(resolve("#chart-renderer")));
    return readFile(resolve("#chart-font"));
  })();
  return ready;
}

async function toPng(svg: string): Promise<Uint8Array> {
  const font = await start();
  const image = new Resvg(svg, {
    fitTo: { mode: "width", value: WIDTH },
    font: { fontBuffers: [font], defaultFontFamily: "Liberation Sans", sansSerifFamily: "Liberation Sans" },
  });
  try {
    return image.render().asPng();
  } finally {
    image.free();
  }
}
