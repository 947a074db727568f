/**
 * Reads JSON as models write it: with comments, trailing commas, single quotes, bare keys, Python's
 * constants, raw newlines in strings and escapes that there are none. What is cut off is no value.
 */

export type Read =
  | { readonly kind: 'value'; readonly value: unknown; readonly end: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'none' };

export function readJsonAt(text: string, start: number): Read {
  const reader = { text, at: start, depth: 0 };
  try {
    const value = readValue(reader);
    return { kind: 'value', value, end: reader.at };
  } catch (error) {
    if (error === CUT) return { kind: 'cut' };
    if (error === NONE) return { kind: 'none' };
    throw error;
  }
}

type Reader = { readonly text: string; at: number; depth: number };

/** Thrown to leave the recursion; never seen outside. */
const CUT = Symbol('cut');
const NONE = Symbol('none');
const MAX_DEPTH = 100;

function readValue(reader: Reader): unknown {
  skip(reader);
  const char = reader.text[reader.at];
  if (char === undefined) throw CUT;
  if (char === '{') return readObject(reader);
  if (char === '[') return readArray(reader);
  if (char === '"' || char === "'" || char === '`') return readString(reader);
  return readBare(reader);
}

function enter(reader: Reader): void {
  reader.at += 1;
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw NONE;
}

function readObject(reader: Reader): unknown {
  enter(reader);
  const entries = new Map<string, unknown>();
  for (;;) {
    skip(reader);
    const char = reader.text[reader.at];
    if (char === undefined) throw CUT;
    if (char === '}') break;
    if (char === ',') {
      reader.at += 1;
      continue;
    }
    const isQuoted = char === '"' || char === "'";
    const key = isQuoted ? readString(reader) : readKey(reader);
    skip(reader);
    if (reader.text[reader.at] === undefined) throw CUT;
    if (reader.text[reader.at] !== ':') throw NONE;
    reader.at += 1;
    const value = readValue(reader);
    // A key given twice with two meanings has none.
    if (entries.has(key) && JSON.stringify(entries.get(key)) !== JSON.stringify(value)) throw NONE;
    entries.set(key, value);
    expectEnd(reader, '}');
  }
  reader.at += 1;
  reader.depth -= 1;
  return Object.fromEntries(entries);
}

function readArray(reader: Reader): unknown {
  enter(reader);
  const items: unknown[] = [];
  for (;;) {
    skip(reader);
    const char = reader.text[reader.at];
    if (char === undefined) throw CUT;
    if (char === ']') break;
    if (char === ',') {
      reader.at += 1;
      continue;
    }
    items.push(readValue(reader));
    expectEnd(reader, ']');
  }
  reader.at += 1;
  reader.depth -= 1;
  return items;
}

/** After a value comes a comma, the end, or, forgotten comma, the next thing on its own line. */
function expectEnd(reader: Reader, close: string): void {
  const from = reader.at;
  skip(reader);
  const char = reader.text[reader.at];
  if (char === undefined) throw CUT;
  if (char === ',' || char === close) return;
  if (!reader.text.slice(from, reader.at).includes('\n')) throw NONE;
}

function readKey(reader: Reader): string {
  const found = /^[A-Za-z_$][\w$-]*/.exec(reader.text.slice(reader.at, reader.at + 100));
  if (found === null) throw NONE;
  reader.at += found[0].length;
  return found[0];
}

const BARE: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  undefined: null,
};

function readBare(reader: Reader): unknown {
  const found = /^[-+\w.]+/.exec(reader.text.slice(reader.at, reader.at + 100));
  if (found === null) throw NONE;
  const [word] = found;
  if (reader.at + word.length >= reader.text.length) throw CUT;
  reader.at += word.length;
  if (Object.hasOwn(BARE, word)) return BARE[word];
  const number = Number(word);
  if (Number.isNaN(number)) throw NONE;
  return number;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '\n': '',
};

function readString(reader: Reader): string {
  const quote = reader.text[reader.at] as string;
  if (quote === '"' && reader.text.startsWith('"""', reader.at)) return readTriple(reader);
  const parts: string[] = [];
  let from = reader.at + 1;
  for (let at = from; ; at += 1) {
    const char = reader.text[at];
    if (char === undefined) throw CUT;
    if (char === quote) {
      parts.push(reader.text.slice(from, at));
      reader.at = at + 1;
      return parts.join('');
    }
    if (char !== '\\') continue;
    parts.push(reader.text.slice(from, at));
    const next = reader.text[at + 1];
    if (next === undefined) throw CUT;
    const code = /^u([0-9a-fA-F]{4})/.exec(reader.text.slice(at + 1, at + 6));
    if (code) {
      parts.push(String.fromCharCode(Number.parseInt(code[1] as string, 16)));
      at += 5;
    } else {
      const plain = ESCAPES[next] ?? (/["'`\\/]/.test(next) ? next : `\\${next}`);
      parts.push(plain);
      at += 1;
    }
    from = at + 1;
  }
}

function readTriple(reader: Reader): string {
  const end = reader.text.indexOf('"""', reader.at + 3);
  if (end < 0) throw CUT;
  const value = reader.text.slice(reader.at + 3, end);
  reader.at = end + 3;
  return value.replace(/^\n/, '');
}

function skip(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    while (/\s/.test(text[reader.at] ?? '')) reader.at += 1;
    if (text.startsWith('//', reader.at) || text[reader.at] === '#') {
      const end = text.indexOf('\n', reader.at);
      reader.at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', reader.at)) {
      const end = text.indexOf('*/', reader.at);
      if (end < 0) throw CUT;
      reader.at = end + 2;
    } else {
      return;
    }
  }
}
