// The reader may close the pipe early, as `head` does. That ends the printing and is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

/** Prints a line for the person at the terminal. Only administrative commands print; servers never do. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Tells somebody who watches how far long work is. Where nobody watches, only the result is printed. */
export function tellProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`);
}
