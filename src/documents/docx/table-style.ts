import { type Look, over, type Styles } from "./styles.ts";
import { child, type Element } from "./xml.ts";

/** Which cell of a table it is. */
export type CellPlace = {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
};

type Parts = {
  readonly firstRow: boolean;
  readonly lastRow: boolean;
  readonly firstColumn: boolean;
  readonly lastColumn: boolean;
  readonly rowBands: boolean;
  readonly columnBands: boolean;
};

/** What a table style says about each cell, by the parts of it that the table uses (`w:tblLook`). */
export function cellLooks(styles: Styles, properties: Element | undefined): (place: CellPlace) => Look {
  const style = styles.of("table", child(properties, "tblStyle")?.attributes.val);
  const used = usedParts(child(properties, "tblLook"));
  return (place) =>
    partsAt(used, place).reduce((look: Look, name) => over(look, style.parts.get(name) ?? NOTHING), {
      run: style.run,
      paragraph: style.paragraph,
      ...(style.cell && { cell: style.cell }),
    });
}

const NOTHING: Look = { run: {}, paragraph: {} };

/** The parts in the order in which they are laid over each other. */
function partsAt(used: Parts, { row, rows, column, columns }: CellPlace): string[] {
  const isFirstRow = used.firstRow && row === 0;
  const isLastRow = used.lastRow && row === rows - 1;
  const isFirstColumn = used.firstColumn && column === 0;
  const isLastColumn = used.lastColumn && column === columns - 1;
  const band = (n: number, skipsFirst: boolean) => ((n - (skipsFirst ? 1 : 0)) % 2 === 0 ? 1 : 2);
  const applied: [boolean, string][] = [
    [true, "wholeTable"],
    [used.columnBands && !isFirstColumn && !isLastColumn, `band${band(column, used.firstColumn)}Vert`],
    [used.rowBands && !isFirstRow && !isLastRow, `band${band(row, used.firstRow)}Horz`],
    [isFirstColumn, "firstCol"],
    [isLastColumn, "lastCol"],
    [isFirstRow, "firstRow"],
    [isLastRow, "lastRow"],
    [isFirstRow && isFirstColumn, "nwCell"],
    [isFirstRow && isLastColumn, "neCell"],
    [isLastRow && isFirstColumn, "swCell"],
    [isLastRow && isLastColumn, "seCell"],
  ];
  return applied.filter(([holds]) => holds).map(([, name]) => name);
}

const BITS = {
  firstRow: 0x20,
  lastRow: 0x40,
  firstColumn: 0x80,
  lastColumn: 0x100,
  noHBand: 0x200,
  noVBand: 0x400,
};

function usedParts(look: Element | undefined): Parts {
  const bits = Number.parseInt(look?.attributes.val ?? "0600", 16);
  const isSet = (name: keyof typeof BITS): boolean => {
    const said = look?.attributes[name];
    return said === undefined ? (bits & BITS[name]) !== 0 : ["1", "true", "on"].includes(said);
  };
  return {
    firstRow: isSet("firstRow"),
    lastRow: isSet("lastRow"),
    firstColumn: isSet("firstColumn"),
    lastColumn: isSet("lastColumn"),
    rowBands: look !== undefined && !isSet("noHBand"),
    columnBands: look !== undefined && !isSet("noVBand"),
  };
}
