import { OPS, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { type Args, list, type Operators, operatorsOf, record } from "./operands.ts";

/** How long a picture is waited for. One that does not come is a picture of unknown colours. */
const PICTURE_MS = 4_000;

/** Pictures and gradients that the content of a page names, which pdf.js may still be reading. */
export async function objectsOf(page: PDFPageProxy, operators: Operators): Promise<(id: string) => unknown> {
  const found = new Map<string, unknown>();
  for (const id of new Set(namesIn(operators))) {
    const kept = id.startsWith("g_") ? page.commonObjs : page.objs;
    found.set(id, kept.has(id) ? kept.get(id) : await waited(kept, id));
  }
  return (id) => found.get(id);
}

function namesIn({ fnArray, argsArray }: Operators): string[] {
  return Array.from(fnArray).flatMap((operator, n) => {
    const [first, second, third]: Args = list(argsArray[n]);
    const names: unknown[] = [];
    if (operator === OPS.paintImageXObject || operator === OPS.shadingFill) names.push(first);
    else if (operator === OPS.paintImageMaskXObject) names.push(record(first).data);
    else if (operator === OPS.setFillColorN || operator === OPS.setStrokeColorN) {
      if (first === "Shading") names.push(second);
      else if (first === "TilingPattern") return namesIn(operatorsOf(third));
    }
    return names.filter((name) => typeof name === "string");
  });
}

function waited(kept: PDFPageProxy["objs"], id: string): Promise<unknown> {
  return new Promise((resolve) => {
    const clock = setTimeout(() => resolve(undefined), PICTURE_MS);
    kept.get(id, (data: unknown) => {
      clearTimeout(clock);
      resolve(data);
    });
  });
}
