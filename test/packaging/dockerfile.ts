/** One instruction of a Dockerfile, with its lines joined. */
export type Instruction = { readonly name: string; readonly text: string };
/** A part of a Dockerfile that begins with FROM. */
export type Stage = {
  readonly name: string;
  readonly image: string;
  readonly instructions: readonly Instruction[];
};

/** Reads what our Dockerfile uses of the format: instructions, comments, lines that go on, and stages. */
export function readDockerfile(text: string): readonly Stage[] {
  const stages: { name: string; image: string; instructions: Instruction[] }[] = [];
  const joined = text.replace(/^\s*#.*\n/gm, "").replace(/\\\n/g, " ");
  for (const line of joined.split("\n").filter((each) => each.trim() !== "")) {
    const [name = "", ...rest] = line.trim().split(/\s+/);
    const instruction = { name: name.toUpperCase(), text: rest.join(" ") };
    const stage = stages.at(-1);
    if (instruction.name === "FROM") {
      const [image = "", , as = String(stages.length)] = rest;
      stages.push({ name: as, image, instructions: [] });
    } else if (stage === undefined) {
      throw new Error(`${instruction.name} stands before any FROM`);
    } else {
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

/** The words of an instruction in its JSON form; a shell's line otherwise. */
export const wordsOf = (text: string): readonly string[] =>
  text.startsWith("[") ? (JSON.parse(text) as string[]) : ["sh", "-c", text];

/** The files of a context that an allow-list beside the Dockerfile lets in. */
export function readIgnoreFile(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const [first, ...others] = lines;
  if (first !== "*" || !others.every((line) => line.startsWith("!")))
    throw new Error("the list must shut everything out first, and then name what is let in");
  return others.map((line) => line.slice(1));
}
