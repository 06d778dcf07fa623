/** A line for the person at the terminal. Only administrative commands print; servers never do. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
