/** `\n`, `\t`, `\r`, `\\` and quotes; any other backslash stays as it is. */
export const decodeEscapes = (text: string): string =>
  text.replace(/\\([ntr\\"'])/g, (_, char: string) => ESCAPES[char] ?? char);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
