import { apply, type Box, inside, type Matrix, type Point, scaleOf } from "./geometry.ts";

/** What a path covers, in the coordinates of the page. */
export type Shape = {
  readonly box: Box;
  readonly polygons: readonly (readonly Point[])[];
  /** `box` when the shape is its box, `stroke` for a line of `half` on both sides. */
  readonly rule: "box" | "nonzero" | "evenodd" | "stroke";
  readonly half: number;
};

const CURVE_STEPS = 6;
const OPERANDS = [2, 2, 6, 4, 0];

/** A path of pdf.js, a flat list of operation numbers and coordinates, as polygons on the page. */
export function polygonsOf(path: ArrayLike<number> | null, ctm: Matrix): Point[][] {
  const polygons: Point[][] = [];
  let current: Point[] = [];
  const at = (n: number): Point => apply(ctm, path?.[n] ?? 0, path?.[n + 1] ?? 0);
  for (let n = 0; n < (path?.length ?? 0); ) {
    const operation = path?.[n] ?? 0;
    const from = n + 1;
    n = from + (OPERANDS[operation] ?? 0);
    if (operation === 0) {
      current = [at(from)];
      polygons.push(current);
    } else if (operation === 1) current.push(at(from));
    else if (operation === 2) curve(current, [at(from), at(from + 2), at(from + 4)]);
    else if (operation === 3) curve(current, [at(from), at(from), at(from + 2)]);
    else if (operation === 4) {
      const [start] = current;
      if (start) {
        current.push(start);
        current = [start];
        polygons.push(current);
      }
    }
  }
  return polygons.filter((polygon) => polygon.length > 1);
}

function curve(polygon: Point[], [p1, p2, p3]: [Point, Point, Point]): void {
  const p0 = polygon.at(-1) ?? p1;
  for (let step = 1; step <= CURVE_STEPS; step += 1) {
    const t = step / CURVE_STEPS;
    const s = 1 - t;
    const on = (k: 0 | 1) =>
      s * s * s * p0[k] + 3 * s * s * t * p1[k] + 3 * s * t * t * p2[k] + t * t * t * p3[k];
    polygon.push([on(0), on(1)]);
  }
}

export function filled(polygons: readonly (readonly Point[])[], evenOdd: boolean): Shape {
  const box = boxOf(polygons, 0);
  const [only, ...more] = polygons;
  const rule = only && more.length === 0 && isBox(only, box) ? "box" : evenOdd ? "evenodd" : "nonzero";
  return { box, polygons, rule, half: 0 };
}

export function stroked(polygons: readonly (readonly Point[])[], lineWidth: number, ctm: Matrix): Shape {
  const half = (lineWidth * scaleOf(ctm)) / 2;
  return { box: boxOf(polygons, half), polygons, rule: "stroke", half };
}

/** The unit square that images are drawn in, or any other box, as a shape on the page. */
export function square(ctm: Matrix, [left, top, right, bottom]: Box = [0, 0, 1, 1]): Shape {
  const corners = [apply(ctm, left, top), apply(ctm, right, top), apply(ctm, right, bottom)];
  return filled([[...corners, apply(ctm, left, bottom)]], false);
}

/** A box as pdf.js gives it, as a shape on the page. */
export function boxed(ctm: Matrix, box: unknown): Shape | undefined {
  const [left, top, right, bottom] = box ? Array.from(box as ArrayLike<number>) : [];
  return left === undefined || top === undefined || right === undefined || bottom === undefined
    ? undefined
    : square(ctm, [left, top, right, bottom]);
}

function boxOf(polygons: readonly (readonly Point[])[], margin: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons)
    for (const [x, y] of polygon) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  return [left - margin, top - margin, right + margin, bottom + margin];
}

const CLOSE = 0.01;

const isBox = (polygon: readonly Point[], [left, top, right, bottom]: Box): boolean =>
  polygon.length >= 4 &&
  polygon.length <= 5 &&
  polygon.every(
    ([x, y]) =>
      Math.min(Math.abs(x - left), Math.abs(x - right)) < CLOSE &&
      Math.min(Math.abs(y - top), Math.abs(y - bottom)) < CLOSE,
  ) &&
  polygon.some(([x, y], n) => {
    const [ox, oy] = polygon[(n + 2) % polygon.length] ?? [x, y];
    return Math.abs(x - ox) > CLOSE && Math.abs(y - oy) > CLOSE;
  });

/** Whether a point of the page lies in a shape. */
export function covers(shape: Shape, x: number, y: number): boolean {
  if (!inside(shape.box, x, y)) return false;
  if (shape.rule === "box") return true;
  if (shape.rule === "stroke") return shape.polygons.some((line) => isNear(line, shape.half, x, y));
  let winding = 0;
  let crossings = 0;
  for (const polygon of shape.polygons) {
    let [px, py] = polygon.at(-1) ?? [0, 0];
    for (const [qx, qy] of polygon) {
      if (py <= y !== qy <= y && x < px + ((y - py) / (qy - py)) * (qx - px)) {
        winding += py <= y ? 1 : -1;
        crossings += 1;
      }
      [px, py] = [qx, qy];
    }
  }
  return shape.rule === "evenodd" ? crossings % 2 === 1 : winding !== 0;
}

function isNear(line: readonly Point[], half: number, x: number, y: number): boolean {
  return line.some(([qx, qy], n) => {
    const [px, py] = line[n - 1] ?? [qx, qy];
    const [dx, dy] = [qx - px, qy - py];
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / length));
    return Math.hypot(px + t * dx - x, py + t * dy - y) <= half;
  });
}
