import type { HiddenWhy } from "../../src/domain/candidates/hidden.ts";
import { line, type PdfPage, picture } from "./pdf.ts";

export type Place = { readonly x: number; readonly y: number };
type Way = { readonly content: string } & Omit<PdfPage, "content">;

const state = (dict: string) => ({ resources: { ExtGState: { G: dict } } });
const box = ({ x, y }: Place, colour = "1 1 1") => `q ${colour} rg ${x - 4} ${y - 4} 480 16 re f Q\n`;
const shading = (from: string, to: string) =>
  `<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 595 0] /Extend [true true]
   /Function << /FunctionType 2 /Domain [0 1] /C0 [${from}] /C1 [${to}] /N 1 >> >>`;
const image = ({ x, y }: Place) => `q 480 0 0 16 ${x - 4} ${y - 4} cm /Pic Do Q\n`;
const pic = (grey: (x: number, y: number) => number) => ({
  resources: { XObject: { Pic: picture(48, 4, grey) } },
});
/** Grey that jumps from point to point, as a photo does, without chance. */
const noise = (x: number, y: number) => ((x * 7919 + y * 104_729) % 97) * 2.6;

/** A line in a font whose signs are drawn by content, after operators of its own. */
const drawn = (text: string, { x, y }: Place, sign: string, before = ""): Way => ({
  content: `q ${before} ${line(text, x, y, { font: "T3" })}Q\n`,
  fonts: { T3: { map: {}, sign } },
});
const BAR = "50 0 300 700 re f";
const STENCIL = "600 0 0 0 600 800 d1";

/** The ways to draw a line so that nobody sees it, each with the reason that is given. */
export const HIDDEN: Readonly<Record<string, readonly [HiddenWhy, (text: string, at: Place) => Way]>> = {
  "white on paper": ["colour", (text, { x, y }) => ({ content: `q 1 1 1 rg ${line(text, x, y)}Q\n` })],
  "nearly white": ["colour", (text, { x, y }) => ({ content: `q 0.97 0.98 0.96 rg ${line(text, x, y)}Q\n` })],
  "white by CMYK": ["colour", (text, { x, y }) => ({ content: `q 0 0 0 0 k ${line(text, x, y)}Q\n` })],
  "the colour of its box": [
    "colour",
    (text, at) => ({ content: `${box(at, "0.1 0.1 0.3")}q 0.1 0.1 0.32 rg ${line(text, at.x, at.y)}Q\n` }),
  ],
  "white on a white picture": [
    "colour",
    (text, at) => ({ content: `${image(at)}q 1 g ${line(text, at.x, at.y)}Q\n`, ...pic(() => 250) }),
  ],
  "white on a white gradient": [
    "colour",
    (text, { x, y }) => ({
      content: `q ${x} ${y - 4} 480 16 re W n /S sh Q q 1 g ${line(text, x, y)}Q\n`,
      resources: { Shading: { S: shading("1 1 1", "0.96 0.96 1") } },
    }),
  ],
  "stroked in white": ["colour", (text, { x, y }) => ({ content: `q 1 Tr 1 G ${line(text, x, y)}Q\n` })],
  "white, multiplied": [
    "colour",
    (text, at) => ({
      content: `${box(at, "0.1 0.1 0.3")}q /G gs 1 g ${line(text, at.x, at.y)}Q\n`,
      ...state("<< /BM /Multiply >>"),
    }),
  ],
  transparent: [
    "transparent",
    (text, { x, y }) => ({ content: `q /G gs ${line(text, x, y)}Q\n`, ...state("<< /ca 0 >>") }),
  ],
  "nearly transparent": [
    "transparent",
    (text, { x, y }) => ({ content: `q /G gs ${line(text, x, y)}Q\n`, ...state("<< /ca 0.02 >>") }),
  ],
  "in a transparent group": [
    "transparent",
    (text, { x, y }) => ({
      content: "q /G gs /Fm Do Q\n",
      resources: {
        ...state("<< /ca 0 >>").resources,
        XObject: {
          Fm: {
            dict: `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency >>
              /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>`,
            data: line(text, x, y),
          },
        },
      },
    }),
  ],
  "under a black mask": [
    "transparent",
    (text, { x, y }) => ({
      content: `q /G gs ${line(text, x, y)}Q\n`,
      ...state("<< /SMask << /S /Luminosity /G @Mask >> >>"),
      objects: {
        Mask: {
          dict: "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency /CS /DeviceGray >>",
          data: "0 g 0 0 595 842 re f",
        },
      },
    }),
  ],
  "a mask that white is painted through": [
    "transparent",
    (text, { x, y }) => ({
      content: `q /G gs 1 g ${x - 4} ${y - 4} 480 16 re f Q q /Clear gs ${line(text, x, y)}Q\n`,
      resources: { ExtGState: { G: "<< /SMask << /S /Alpha /G @Mask >> >>", Clear: "<< /ca 0 >>" } },
      objects: {
        Mask: {
          dict: `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency >>
            /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>`,
          data: line(text, x, y),
        },
      },
    }),
  ],
  "drawn invisibly": ["invisible_mode", (text, { x, y }) => ({ content: `q 3 Tr ${line(text, x, y)}Q\n` })],
  "made a clip": ["invisible_mode", (text, { x, y }) => ({ content: `q 7 Tr ${line(text, x, y)}Q\n` })],
  "clipped away": ["clipped", (text, { x, y }) => ({ content: `q 0 0 1 1 re W n ${line(text, x, y)}Q\n` })],
  "clipped by two that do not meet": [
    "clipped",
    (text, { x, y }) => ({ content: `q 0 0 200 842 re W n 300 0 200 842 re W* n ${line(text, x, y)}Q\n` }),
  ],
  "under a white box": ["covered", (text, at) => ({ content: line(text, at.x, at.y) + box(at) })],
  "under a white picture": [
    "covered",
    (text, at) => ({ content: line(text, at.x, at.y) + image(at), ...pic(() => 255) }),
  ],
  "under a thick white stroke": [
    "covered",
    (text, { x, y }) => ({ content: `${line(text, x, y)}q 1 G 20 w ${x} ${y + 4} m 580 ${y + 4} l S Q\n` }),
  ],
  "in a layer that is off": [
    "layer_off",
    (text, { x, y }) => ({ content: `/OC /Off BDC ${line(text, x, y)}EMC\n`, layers: { Off: false } }),
  ],
  "off the page": ["off_page", (text, { y }) => ({ content: line(text, -900, y) })],
  "below the page": ["off_page", (text, { x }) => ({ content: line(text, x, -40) })],
  "signs drawn in white of their own": ["colour", (text, at) => drawn(text, at, `600 0 d0 1 1 1 rg ${BAR}`)],
  "drawn signs that are stencils for white": [
    "colour",
    (text, at) => drawn(text, at, `${STENCIL} 0 0 0 rg ${BAR}`, "1 g"),
  ],
  "drawn signs that take the white of the text": [
    "colour",
    (text, at) => drawn(text, at, `600 0 d0 ${BAR}`, "1 g"),
  ],
  "drawn signs that draw nothing": ["invisible_mode", (text, at) => drawn(text, at, STENCIL)],
  "drawn signs that draw only a path of no width": [
    "invisible_mode",
    (text, at) => drawn(text, at, `${STENCIL} 0 0 0 700 re f`),
  ],
  tiny: ["tiny", (text, { x, y }) => ({ content: line(text, x, y, { size: 1 }) })],
  "tiny by its matrix": [
    "tiny",
    (text, { x, y }) => ({ content: `q .05 0 0 .05 ${x} ${y} cm ${line(text, 0, 0)}Q\n` }),
  ],
  "squeezed to nothing": ["tiny", (text, { x, y }) => ({ content: `q 2 Tz ${line(text, x, y)}Q\n` })],
};

/** The ways to draw a line that a person sees although it may look like one of those above. */
export const SHOWN: Readonly<Record<string, (text: string, at: Place) => Way>> = {
  plain: (text, { x, y }) => ({ content: line(text, x, y) }),
  "white on a dark box": (text, at) => ({
    content: `${box(at, "0.1 0.1 0.3")}q 1 g ${line(text, at.x, at.y)}Q\n`,
  }),
  "white on a dark picture": (text, at) => ({
    content: `${image(at)}q 1 g ${line(text, at.x, at.y)}Q\n`,
    ...pic((x) => 20 + (x % 7)),
  }),
  "white on a dark gradient": (text, { x, y }) => ({
    content: `q ${x} ${y - 4} 480 16 re W n /S sh Q q 1 g ${line(text, x, y)}Q\n`,
    resources: { Shading: { S: shading("0.1 0.1 0.4", "0.3 0.1 0.2") } },
  }),
  "white on a dark pattern": (text, { x, y }) => ({
    content: `q /Pattern cs /P scn ${x - 4} ${y - 4} 480 16 re f Q q 1 g ${line(text, x, y)}Q\n`,
    resources: {
      Pattern: {
        P: {
          dict: "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 4 4] /XStep 4 /YStep 4 /Resources << >>",
          data: "0.2 0.2 0.2 rg 0 0 4 4 re f",
        },
      },
    },
  }),
  "white on dark strips": (text, { x, y }) => ({
    content: `q ${Array.from({ length: 240 }, (_, n) => `0 0 ${n / 400} rg ${x + n * 2} ${y - 4} 2 16 re f`).join(" ")} Q
      q 1 g ${line(text, x, y)}Q\n`,
  }),
  "dark on a photo": (text, at) => ({
    content: image(at) + line(text, at.x, at.y),
    ...pic((x, y) => 120 + noise(x, y) / 2),
  }),
  "on a box that is drawn first": (text, at) => ({ content: box(at) + line(text, at.x, at.y) }),
  "under a marker that multiplies": (text, at) => ({
    content: `${line(text, at.x, at.y)}q /G gs ${box(at, "1 1 0")}Q\n`,
    ...state("<< /BM /Multiply >>"),
  }),
  "under a veil": (text, at) => ({
    content: `${line(text, at.x, at.y)}q /G gs ${box(at)}Q\n`,
    ...state("<< /ca 0.4 >>"),
  }),
  "half transparent": (text, { x, y }) => ({
    content: `q /G gs ${line(text, x, y)}Q\n`,
    ...state("<< /ca 0.5 >>"),
  }),
  "light grey": (text, { x, y }) => ({ content: `q 0.88 g ${line(text, x, y)}Q\n` }),
  "yellow on paper": (text, { x, y }) => ({ content: `q 1 1 0 rg ${line(text, x, y)}Q\n` }),
  "stroked only": (text, { x, y }) => ({ content: `q 1 Tr 1 g ${line(text, x, y)}Q\n` }),
  "a clip that a gradient is seen through": (text, { x, y }) => ({
    content: `q 7 Tr ${line(text, x, y)} /S sh Q\n`,
    resources: { Shading: { S: shading("0.1 0.1 0.4", "0.6 0.1 0.2") } },
  }),
  "a mask that a gradient is seen through, as Chromium prints it": (text, { x, y }) => {
    const group = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency >>";
    const font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    return {
      content: `q ${x - 4} ${y - 4} 480 16 re W n /None gs /S sh /Letters gs /S sh Q
        q /Clear gs ${line(text, x, y)}Q\n`,
      resources: {
        Shading: { S: shading("0.1 0.1 0.4", "0.6 0.1 0.2") },
        ExtGState: {
          None: "<< /SMask << /S /Alpha /G @All /TR @Invert >> >>",
          Letters: "<< /SMask << /S /Alpha /G @Text >> >>",
          Clear: "<< /ca 0 >>",
        },
      },
      objects: {
        All: { dict: group, data: "0 g 0 0 595 842 re f" },
        Invert: { dict: "/FunctionType 4 /Domain [0 1] /Range [0 1]", data: "{1 exch sub}" },
        Text: { dict: `${group} /Resources << ${font} >>`, data: line(text, x, y) },
      },
    };
  },
  "inside a clip": (text, { x, y }) => ({ content: `q 0 ${y - 9} 595 30 re W n ${line(text, x, y)}Q\n` }),
  "in a layer that is on": (text, { x, y }) => ({
    content: `/OC /On BDC ${line(text, x, y)}EMC\n`,
    layers: { On: true },
  }),
  "signs drawn in black of their own by white text": (text, at) =>
    drawn(text, at, `600 0 d0 0 0 0 rg ${BAR}`, "1 g"),
  "drawn signs that are stencils": (text, at) => drawn(text, at, `${STENCIL} 1 1 1 rg ${BAR}`),
  "drawn signs that take the colour of the text": (text, at) => drawn(text, at, `600 0 d0 ${BAR}`),
  "drawn twice, as a shadow": (text, { x, y }) => ({
    content: `q 1 g ${line(text, x + 0.6, y - 0.6)}Q ${line(text, x, y)}`,
  }),
  "by a matrix that makes it large": (text, { x, y }) => ({
    content: `q 11 0 0 11 ${x} ${y} cm ${line(text, 0, 0, { size: 1 })}Q\n`,
  }),
};

/** A line that lies over a photo in the colours of the photo: whether it is seen cannot be told. */
export const OPEN: Readonly<Record<string, (text: string, at: Place) => Way>> = {
  "white on a photo": (text, at) => ({
    content: `${image(at)}q 1 g ${line(text, at.x, at.y)}Q\n`,
    ...pic(noise),
  }),
  "signs drawn in colours of their own, of which not all are seen": (text, at) =>
    drawn(text, at, `600 0 d0 1 g ${BAR} 0 g 500 0 20 20 re f`),
  "on a picture that cannot be read": (text, at) => ({
    content: `${image(at)}${line(text, at.x, at.y)}`,
    resources: {
      XObject: {
        Pic: {
          dict: "/Type /XObject /Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
          data: "no picture",
        },
      },
    },
  }),
};
