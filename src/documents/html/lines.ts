/** The lines of a page as they come about. */
export type Lines = {
  /** The line that is being written. */
  readonly current: () => string;
  readonly add: (text: string, quotes: number) => void;
  /** Ends a line, if one was begun. */
  readonly end: () => void;
  /** Ends a line, also an empty one. */
  readonly feed: () => void;
  readonly text: () => string;
};

/** Lines of a page; each is marked by `>` for every quote that it stands in, as mails of plain text do it. */
export function createLines(): Lines {
  const lines: string[] = [];
  let line = "";
  let mark = "";
  const feed = () => {
    const ended = line.replace(/[ \t]+$/, "");
    lines.push(ended === "" ? "" : mark + ended);
    line = "";
  };
  return {
    feed,
    current: () => line,
    add(text, quotes) {
      for (const [n, part] of text.split("\n").entries()) {
        if (n > 0) feed();
        if (line === "") mark = "> ".repeat(quotes);
        line += part;
      }
    },
    end() {
      if (/[^ \t]/.test(line)) feed();
      else line = "";
    },
    text: () => [...lines, mark + line].join("\n"),
  };
}
