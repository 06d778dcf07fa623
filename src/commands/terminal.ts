// A reader that has seen enough, such as `head`, ends the printing and is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

/** A line for the person at the terminal. Only administrative commands print; servers never do. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
