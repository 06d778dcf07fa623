import type { Spec } from "vega";
import { pluralize } from "../domain/pluralize.ts";
import type { Drawable } from "../domain/reports/report.ts";

// One design for light and dark hosts: an opaque pale background with dark text, and colours that differ in lightness
// as well as hue.
const GROUND = "#fbfaf7";
const INK = "#23262b";
const FAINT = "#d9d6ce";
const DEEP = "#1f5f8b";
const PALE = "#9cc3dc";
const GOAL = "#b3261e";
const FONT = "Liberation Sans, Arial, sans-serif";

const base = (title: string, height: number): Partial<Spec> => ({
  $schema: "https://vega.github.io/schema/vega/v6.json",
  background: GROUND,
  padding: 16,
  width: 560,
  height,
  title: { text: title, anchor: "start", color: INK, font: FONT, fontSize: 15, offset: 12 },
  config: {
    axis: {
      labelColor: INK,
      titleColor: INK,
      labelFont: FONT,
      titleFont: FONT,
      labelFontSize: 12,
      titleFontSize: 12,
      gridColor: FAINT,
      domainColor: FAINT,
      tickColor: FAINT,
      labelLimit: 280,
    },
    legend: {
      labelColor: INK,
      labelFont: FONT,
      labelFontSize: 12,
      symbolType: "square",
      orient: "bottom",
    },
  },
});
const ROW = 34;

/** Bars of the applications that entered each stage, and of those among them that passed. */
export function funnelSpec(report: Drawable<"funnel">): Spec {
  const values = report.rows.map(({ name, entered, passed, conversion_percent }) => ({
    name,
    entered,
    passed,
    label: `${passed} of ${entered}${conversion_percent === null ? "" : ` (${conversion_percent}%)`}`,
  }));
  return {
    ...base(
      `Funnel${of(report)}: ${pluralize(report.n, "application")} to ${report.period.to}`,
      values.length * ROW,
    ),
    data: [{ name: "rows", values }],
    scales: [
      { name: "y", type: "band", domain: { data: "rows", field: "name" }, range: "height", padding: 0.25 },
      { name: "x", domain: { data: "rows", field: "entered" }, range: "width", nice: true, zero: true },
      { name: "color", type: "ordinal", domain: ["entered", "passed on"], range: [PALE, DEEP] },
    ],
    axes: [
      { orient: "left", scale: "y", domain: false, ticks: false, labelLimit: 280 },
      { orient: "bottom", scale: "x", grid: true, title: "applications", tickCount: 5 },
    ],
    legends: [{ fill: "color", direction: "horizontal" }],
    marks: [
      bar("entered", PALE),
      bar("passed", DEEP),
      {
        type: "text",
        from: { data: "rows" },
        encode: {
          enter: {
            y: { scale: "y", field: "name", band: 0.5 },
            x: { scale: "x", field: "entered", offset: 6 },
            text: { field: "label" },
            baseline: { value: "middle" },
            fill: { value: INK },
            font: { value: FONT },
            fontSize: { value: 11 },
          },
        },
      },
    ],
  };
}

const bar = (field: string, color: string): NonNullable<Spec["marks"]>[number] => ({
  type: "rect",
  from: { data: "rows" },
  encode: {
    enter: {
      y: { scale: "y", field: "name" },
      height: { scale: "y", band: 1 },
      x: { scale: "x", value: 0 },
      x2: { scale: "x", field },
      fill: { value: color },
    },
  },
});

/** Median and 85th percentile of each stage, with its goal as a line. */
export function timeSpec(report: Drawable<"time_in_stage">): Spec {
  const values = report.rows.flatMap(({ name, goal_days, completed }) => {
    const { n, median_days, p85_days } = completed;
    if (median_days === null || p85_days === null) return [];
    return [
      {
        name: `${name} (n=${n})`,
        median: median_days,
        p85: p85_days,
        goal: goal_days,
        label: `${median_days} d, 85%: ${p85_days} d`,
      },
    ];
  });
  const most = Math.max(1, ...values.flatMap((v) => [v.p85, v.goal ?? 0]));
  return {
    ...base(
      `Days in stage${of(report)}: ${pluralize(report.n, "completed stay")} to ${report.period.to}`,
      values.length * ROW,
    ),
    data: [{ name: "rows", values }],
    scales: [
      { name: "y", type: "band", domain: { data: "rows", field: "name" }, range: "height", padding: 0.25 },
      { name: "x", domain: [0, most * 1.25], range: "width", nice: true, zero: true },
      {
        name: "color",
        type: "ordinal",
        domain: ["median", "85th percentile", "goal"],
        range: [DEEP, PALE, GOAL],
      },
    ],
    axes: [
      { orient: "left", scale: "y", domain: false, ticks: false, labelLimit: 280 },
      { orient: "bottom", scale: "x", grid: true, title: "days", tickCount: 6 },
    ],
    legends: [{ fill: "color", direction: "horizontal" }],
    marks: [
      bar("p85", PALE),
      bar("median", DEEP),
      {
        type: "rect",
        from: { data: "rows" },
        encode: {
          enter: {
            y: { scale: "y", field: "name", offset: -3 },
            height: { scale: "y", band: 1, offset: 6 },
            x: { scale: "x", field: "goal", offset: -1 },
            width: { value: 3 },
            fill: { value: GOAL },
            opacity: { signal: "datum.goal === null ? 0 : 1" },
          },
        },
      },
      {
        type: "text",
        from: { data: "rows" },
        encode: {
          enter: {
            y: { scale: "y", field: "name", band: 0.5 },
            x: { signal: "scale('x', max(datum.p85, datum.goal || 0)) + 8" },
            text: { field: "label" },
            baseline: { value: "middle" },
            fill: { value: INK },
            font: { value: FONT },
            fontSize: { value: 11 },
          },
        },
      },
    ],
  };
}

const of = ({ role }: Drawable): string => (role === null ? "" : ` of ${role}`);
