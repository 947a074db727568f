const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** Backslash escapes of `echo -e` and `printf`. In a format octal needs no leading zero. */
export function unescapeText(text: string, isFormat = false): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|0?[0-7]{1,3}|[a-z"'\\])/g,
    (whole, code: string) => {
      if (/^[xuU]./.test(code)) return fromCode(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]/.test(code)) {
        return isFormat || code.startsWith('0') ? fromCode(Number.parseInt(code, 8)) : whole;
      }
      return SIMPLE[code] ?? whole;
    },
  );
}

const fromCode = (code: number): string => (code > 0x10ffff ? '' : String.fromCodePoint(code));
