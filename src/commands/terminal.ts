// The reader may close the pipe early, as `head` does. That ends the printing and is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

/** Prints a line for the person at the terminal. Only administrative commands print; servers never do. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const EVERY_MS = 3_000;

/**
 * Says now and then how far long work has come, to a person who waits at a terminal. Nothing is said where the output goes
 * to a file or a program.
 */
export async function withProgress<T>(
  far: () => Promise<string> | string,
  work: () => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work();
  const timer = setInterval(async () => void process.stderr.write(`${await far()}\n`), EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Tells somebody who watches how far long work is. Where nobody watches, only the result is printed. */
export function tellProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`);
}
