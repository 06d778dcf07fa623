export { fold, type Token, tokenize } from "../text/tokens.ts";
