import { type Block, blocksOf, type Style, styled } from "../typed.ts";

const escaped = (text: string): string =>
  text
    .replace(/[&%$#_]/g, "\\$&")
    .replaceAll("\u00ad", "\\-")
    .replaceAll('"', "\\textquotedbl{}");

const HEAD = `
\\usepackage[a5paper,margin=16mm]{geometry}
\\usepackage{xcolor,fancyhdr}
\\pagestyle{fancy}\\fancyhf{}\\renewcommand{\\headrulewidth}{0pt}
\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{3pt}
\\newcommand{\\entry}[1]{\\begin{list}{\\textbullet}{\\leftmargin=12pt\\topsep=1pt\\parsep=0pt\\itemsep=0pt}\\item #1\\end{list}}
`;
const HEADS = {
  pdflatex: `\\documentclass[10pt]{article}\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{mathptmx,textcomp}${HEAD}`,
  /** The fonts of 1989, where an accent is a sign of its own over its letter. */
  computerModern: `\\documentclass[10pt]{article}\\usepackage[utf8]{inputenc}${HEAD}`,
  xelatex: `\\documentclass[10pt]{article}\\usepackage{fontspec}\\setmainfont{Linux Libertine O}${HEAD}`,
};

export type Face = keyof typeof HEADS;

const SCRIPTS = String.raw`\XeTeXinterchartokenstate=1
\newfontfamily\asian{Droid Sans Fallback}`;

/** A LaTeX source of a text, in one of its faces. */
export function latexOf(blocks: readonly Block[], face: Face): string {
  const line = (text: string) => `${asian(escaped(text))}\\par`;
  const asian = (text: string) =>
    text.replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、，。]+/gu, "{\\asian $&}");
  const style: Style<string> = {
    title: (text) => `{\\LARGE\\bfseries ${escaped(text)}}\\par`,
    line,
    heading: (text) => `\\vspace{4pt}{\\large\\bfseries ${escaped(text)}}\\par`,
    caps: (text) => `\\vspace{4pt}{\\large\\scshape ${escaped(text)}}\\par`,
    paragraph: line,
    bullet: (text) => `\\entry{${escaped(text)}}`,
    hidden: (text) => `\\textcolor{white}{${escaped(text)}}\\par`,
    row: ([left, right]) => `${escaped(left)}\\hfill ${escaped(right)}\\par`,
    table: (rows) =>
      `\\begin{tabular}{lll}\\hline\n${rows.map((row) => row.map(escaped).join(" & ")).join("\\\\\n")}\\\\\\hline\\end{tabular}\\par`,
    band: (lines) =>
      `\\colorbox[HTML]{1D2B3A}{\\parbox{0.9\\linewidth}{\\color{white}${lines.map(line).join("\n")}}}\\par\\vspace{6pt}`,
    box: (text) => `\\hspace*{30pt}\\fbox{\\parbox{0.6\\linewidth}{${escaped(text)}}}\\par`,
    noted: ([text, note]) => `${escaped(text)}\\footnote{${escaped(note)}}\\par`,
    header: (text) => `\\fancyhead[R]{${escaped(text)}}`,
    footer: (text) => `\\fancyfoot[L]{${escaped(text)}}`,
    columns: ({ side, main }) => `${column(side, 0.32)}\\hfill${column(main, 0.6)}\\par`,
  };
  const column = (items: Parameters<typeof blocksOf>[0], share: number) =>
    `\\begin{minipage}[t]{${share}\\linewidth}\\raggedright\n${styled(blocksOf(items), style).join("\n")}\\end{minipage}`;
  const body = styled(blocks, style).join("\n");
  const scripts = face === "xelatex" ? SCRIPTS : "";
  return `${HEADS[face]}${scripts}\\begin{document}\n${body}\n\\end{document}\n`;
}
