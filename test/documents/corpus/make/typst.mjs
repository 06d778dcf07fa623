// Makes a PDF of a Typst source: the source on standard input, the file to write as the only argument.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const { NodeCompiler } = createRequire(`${process.env.CORPUS_MODULES}/`)(
  "@myriaddreamin/typst-ts-node-compiler",
);
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: ["/usr/share/fonts"] }] });
writeFileSync(process.argv[2], compiler.pdf({ mainFileContent: readFileSync(0, "utf8") }));
