import { OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { Unreadable } from "../unreadable.ts";
import { colourOf } from "./colour.ts";
import { inksOf, remembered, TEXT_INKS } from "./drawn.ts";
import { fontOf } from "./fonts.ts";
import { IDENTITY, type Matrix, matrixOf, multiply } from "./geometry.ts";
import {
  CLEAR_INK,
  gradient,
  type Ink,
  image,
  patternMatrix,
  solid,
  stencil,
  tiles,
  UNKNOWN_INK,
} from "./inks.ts";
import { Masks } from "./masks.ts";
import {
  type Args,
  inkOf,
  list,
  number,
  type Operators,
  operatorsOf,
  PATHS,
  pixelsOf,
  type Resources,
  record,
} from "./operands.ts";
import { boxed, filled, polygonsOf, type Shape, square, stroked } from "./shapes.ts";
import { type Mask, Sheet } from "./sheet.ts";
import { GRAPHICS, type Run, type State, startPlace, startState } from "./state.ts";
import { CLIPS, moveText, placeSigns, runOf } from "./text.ts";

const MAX_OPERATORS = 2_000_000;
const MAX_SAVED = 5_000;
const MAX_DEPTH = 3;

/** Walks the content of a page, and records what it paints and the text that it draws, in its order. */
export class Painter {
  readonly runs: Run[] = [];
  /** What the content paints, or for a while what a mask of it does. */
  sheet = new Sheet();
  readonly #resources: Resources;
  readonly #base: Matrix;
  readonly #depth: number;
  readonly #masks = new Masks();
  readonly #saved: State[] = [];
  readonly #floors: number[] = [0];
  readonly #layers: boolean[] = [];
  readonly #fontOf = remembered((id) => fontOf(this.#resources.fonts, String(id)));
  readonly #inksOf = remembered((content) =>
    this.#depth < MAX_DEPTH ? inksOf(operatorsOf(content), this.#painted(content, TEXT_INKS)) : undefined,
  );
  #state: State;
  #place = startPlace();
  #mask: Mask | undefined;
  #clipRule: "nonzero" | "evenodd" | undefined;
  #object = 0;
  #clipsText = false;

  constructor(resources: Resources, base: Matrix, depth = 0) {
    this.#resources = resources;
    this.#base = base;
    this.#depth = depth;
    this.#state = startState(base);
  }

  walk({ fnArray, argsArray }: Operators): this {
    if (fnArray.length > MAX_OPERATORS) throw new Unreadable("inflated");
    for (let n = 0; n < fnArray.length; n += 1) {
      const handle = this.#handlers[fnArray[n] ?? 0];
      const args = argsArray[n];
      handle?.(args === null || args === undefined ? [] : (args as Args));
    }
    return this;
  }

  readonly #handlers: Record<number, (args: Args) => void> = {
    [OPS.save]: () => this.#save(),
    [OPS.restore]: () => this.#restore(),
    [OPS.transform]: (args) => this.#transform(matrixOf(args)),
    [OPS.setLineWidth]: ([width]) => this.#set({ lineWidth: number(width) }),
    [OPS.setGState]: ([entries]) => {
      for (const entry of list(entries)) this.#setGraphics(list(entry));
    },
    [OPS.clip]: () => {
      this.#clipRule = "nonzero";
    },
    [OPS.eoClip]: () => {
      this.#clipRule = "evenodd";
    },
    [OPS.constructPath]: ([operation, data]) => this.#path(number(operation), list(data)[0]),
    [OPS.setFillRGBColor]: (args) => this.#set({ fill: inkOf(args) }),
    [OPS.setStrokeRGBColor]: (args) => this.#set({ stroke: inkOf(args) }),
    [OPS.setFillTransparent]: () => this.#set({ fill: CLEAR_INK }),
    [OPS.setStrokeTransparent]: () => this.#set({ stroke: CLEAR_INK }),
    [OPS.setFillColorN]: (args) => this.#set({ fill: this.#pattern(args) }),
    [OPS.setStrokeColorN]: (args) => this.#set({ stroke: this.#pattern(args) }),
    [OPS.shadingFill]: ([id]) =>
      this.#paint(undefined, gradient(this.#resources.find(String(id)), this.#state.ctm)),
    [OPS.paintImageXObject]: ([id]) => this.#image(this.#resources.find(String(id))),
    [OPS.paintInlineImageXObject]: ([data]) => this.#image(data),
    [OPS.paintImageMaskXObject]: ([data]) => {
      const given = record(data);
      const mask = typeof given.data === "string" ? this.#resources.find(given.data) : data;
      const { fill, ctm } = this.#state;
      this.#paint(square(ctm), stencil(pixelsOf(mask), fill, ctm));
    },
    [OPS.paintSolidColorImageMask]: () => this.#paint(square(this.#state.ctm), this.#state.fill),
    [OPS.paintFormXObjectBegin]: ([matrix, box]) => {
      this.#save();
      this.#floors.push(this.#saved.length);
      this.#transform(matrixOf(matrix));
      this.#clipTo(boxed(this.#state.ctm, box));
    },
    [OPS.paintFormXObjectEnd]: () => this.#leave(),
    [OPS.beginGroup]: ([group]) => this.#beginGroup(record(group)),
    [OPS.endGroup]: ([group]) => this.#endGroup(record(group)),
    [OPS.beginAnnotation]: ([, box, transform, matrix]) => {
      while (this.#saved.length > 0) this.#restore();
      this.#state = startState(this.#base);
      this.#save();
      this.#clipTo(boxed(this.#state.ctm, box));
      this.#transform(matrixOf(transform));
      this.#transform(matrixOf(matrix));
    },
    [OPS.endAnnotation]: () => this.#restore(),
    [OPS.beginMarkedContent]: () => this.#layers.push(true),
    [OPS.beginMarkedContentProps]: ([tag, layer]) =>
      this.#layers.push(tag !== "OC" || this.#resources.isLayerOn(layer)),
    [OPS.endMarkedContent]: () => this.#layers.pop(),
    [OPS.beginText]: () => {
      this.#place = startPlace();
      this.#object += 1;
      this.#clipsText = false;
    },
    [OPS.endText]: () => {
      if (this.#clipsText) this.#set({ through: this.#object });
      this.#clipsText = false;
    },
    [OPS.setCharSpacing]: ([by]) => this.#set({ charSpacing: number(by) }),
    [OPS.setWordSpacing]: ([by]) => this.#set({ wordSpacing: number(by) }),
    [OPS.setHScale]: ([percent]) => this.#set({ scale: number(percent) / 100 }),
    [OPS.setLeading]: ([by]) => this.#set({ leading: number(by) }),
    [OPS.setTextRise]: ([by]) => this.#set({ rise: number(by) }),
    [OPS.setTextRenderingMode]: ([mode]) => this.#set({ render: number(mode) }),
    [OPS.setFont]: ([id, size]) => this.#setFont(id, size),
    [OPS.moveText]: ([x, y]) => moveText(this.#place, number(x), number(y)),
    [OPS.setLeadingMoveText]: ([x, y]) => {
      this.#set({ leading: -number(y) });
      moveText(this.#place, number(x), number(y));
    },
    [OPS.setTextMatrix]: (args) => {
      const matrix = matrixOf(args[0]) ?? matrixOf(args) ?? IDENTITY;
      this.#place = { matrix, line: matrix };
    },
    [OPS.nextLine]: () => moveText(this.#place, 0, -this.#state.leading),
    [OPS.showText]: ([signs]) => this.#show(list(signs)),
  };

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
  }

  #save(): void {
    if (this.#saved.length > MAX_SAVED) throw new Unreadable("broken");
    this.#saved.push(this.#state);
  }

  #restore(): void {
    if (this.#saved.length > (this.#floors.at(-1) ?? 0)) this.#state = this.#saved.pop() ?? this.#state;
  }

  /** Leaves a form with all that it saved and did not restore. */
  #leave(): void {
    const floor = this.#floors.length > 1 ? (this.#floors.pop() ?? 0) : 0;
    while (this.#saved.length > floor) this.#restore();
    this.#restore();
  }

  #transform(matrix: Matrix | undefined): void {
    if (matrix) this.#set({ ctm: multiply(this.#state.ctm, matrix) });
  }

  #setGraphics([key, value]: Args): void {
    const set = GRAPHICS[String(key)];
    if (set) this.#set(set(value));
    else if (key === "Font") this.#setFont(list(value)[0], list(value)[1]);
    else if (key === "SMask") {
      this.#set({ mask: value === true ? this.#mask : undefined });
      this.#mask = undefined;
    }
  }

  #setFont(id: unknown, size: unknown): void {
    this.#set({ font: this.#fontOf(id), size: number(size) });
  }

  #isOff(): boolean {
    return this.#layers.includes(false);
  }

  #clipTo(shape: Shape | undefined): void {
    if (shape) this.#set({ clip: { shape, outer: this.#state.clip } });
  }

  #path(operation: number, data: unknown): void {
    const path = data instanceof Float32Array ? data : null;
    const polygons = polygonsOf(path, this.#state.ctm);
    const how = PATHS[operation];
    const { fill, stroke, lineWidth, ctm } = this.#state;
    if (how?.fill) this.#paint(filled(polygons, how.fill === "evenodd"), fill);
    if (how?.stroke) this.#paint(stroked(polygons, lineWidth, ctm), stroke, this.#state.strokeAlpha);
    if (this.#clipRule) this.#clipTo(filled(polygons, this.#clipRule === "evenodd"));
    this.#clipRule = undefined;
  }

  #image(data: unknown): void {
    this.#paint(square(this.#state.ctm), image(pixelsOf(data), this.#state.ctm));
  }

  #paint(shape: Shape | undefined, ink: Ink, alpha = this.#state.fillAlpha): void {
    if (this.#isOff()) return;
    const { mode, clip, through, mask, groupAlpha, groupMasks } = this.#state;
    const masks = mask ? [...groupMasks, mask] : groupMasks;
    const area = { shape, ink, alpha: alpha * groupAlpha, mode, clip };
    this.sheet.add({ ...area, masks, through });
    for (const one of masks)
      if (one.letters !== undefined)
        this.sheet.add({ ...area, masks: masks.filter((other) => other !== one), through: one.letters });
  }

  #pattern([kind, ...args]: Args): Ink {
    if (kind === "Shading")
      return gradient(this.#resources.find(String(args[0])), patternMatrix(this.#base, matrixOf(args[1])));
    if (kind !== "TilingPattern" || this.#depth >= MAX_DEPTH) return UNKNOWN_INK;
    const [colour, content, matrix, box, across, down] = args;
    const own = colourOf(colour);
    const sheet = this.#painted(content, own ? { fill: solid(own), stroke: solid(own) } : {});
    const [left = 0, top = 0] = Array.from((box ?? []) as ArrayLike<number>);
    return tiles(
      (x, y) => sheet.look(x, y, [0, 0, 0, 0]),
      { left, top, across: number(across), down: number(down) },
      patternMatrix(this.#base, matrixOf(matrix)),
    );
  }

  /** What content of its own paints, that of a tile or a sign. */
  #painted(content: unknown, inks: Partial<State>): Sheet {
    const painter = new Painter(this.#resources, IDENTITY, this.#depth + 1);
    painter.#set(inks);
    return painter.walk(operatorsOf(content)).sheet;
  }

  #beginGroup(group: Record<string, unknown>): void {
    const { fillAlpha, groupAlpha, groupMasks, mask, ctm } = this.#state;
    this.#save();
    this.#floors.push(this.#saved.length);
    if (group.smask) {
      this.#masks.open(this.sheet, record(group.smask));
      this.sheet = new Sheet();
      this.#set({ ...startState(ctm), font: this.#state.font, size: this.#state.size });
    } else
      this.#set({
        groupAlpha: groupAlpha * fillAlpha,
        groupMasks: mask ? [...groupMasks, mask] : groupMasks,
        ...{ fillAlpha: 1, strokeAlpha: 1, mask: undefined, mode: "source-over" },
      });
    const inner = matrixOf(group.matrix);
    if (group.bbox) this.#clipTo(boxed(inner ? multiply(ctm, inner) : ctm, group.bbox));
  }

  #endGroup(group: Record<string, unknown>): void {
    this.#leave();
    const closed = group.smask ? this.#masks.close(this.sheet) : undefined;
    if (!closed) return;
    this.#mask = closed.mask;
    this.sheet = closed.sheet;
    if (this.#depth === 0) this.runs.push(...closed.runs);
  }

  #show(signs: readonly unknown[]): void {
    const glyphs = placeSigns(signs, this.#state, this.#place, this.#inksOf);
    if (CLIPS.has(this.#state.render)) this.#clipsText = true;
    // Text in a tile is a part of a picture.
    if (this.#depth > 0 || glyphs.length === 0) return;
    const run = runOf(glyphs, this.#state, {
      layerOff: this.#isOff(),
      order: this.sheet.count,
      object: this.#object,
    });
    if (run && this.#masks.isOpen) this.#masks.hold(run);
    else if (run) this.runs.push(run);
  }
}
