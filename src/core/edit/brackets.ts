/**
 * Whether the brackets of a text close, as far as a small scanner can tell: what is in strings,
 * comments, characters, templates and patterns does not count. It is asked where no grammar knows
 * the language, or the grammar found fault with the text before the edit.
 */
export function bracketsClose(path: string, text: string): boolean | undefined {
  const family = familyOf(path);
  if (family === undefined || text.length > MAX_TEXT) return undefined;
  const open: string[] = [];
  const mark = new RegExp(MARK);
  let at = 0;
  while (at < text.length) {
    mark.lastIndex = at;
    const found = mark.exec(text);
    if (found === null) break;
    at = found.index;
    const next = skipOver(text, at, family, open);
    if (next > at) {
      at = next;
      continue;
    }
    const char = text[at] as string;
    if ('([{'.includes(char)) open.push(char);
    else if (char in PAIRS) {
      const last = open.pop();
      if (last === TEMPLATE && char === '}') {
        at = templateEnd(text, at + 1, open);
        continue;
      }
      if (last !== PAIRS[char]) return false;
    }
    at += 1;
  }
  return open.length === 0;
}

/** What may open or close something; all else is passed over. */
const MARK = /[()[\]{}"'`/#@-]|\b[Rr](?=["#])/g;
const MAX_TEXT = 1_000_000;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** Stands in the stack for the `${` of a template. */
const TEMPLATE = '`{';

type Family = {
  /** What begins a comment that ends with its line. */
  readonly lineComments: readonly string[];
  readonly hasBlockComments: boolean;
  readonly kind: 'script' | 'c' | 'rust' | 'go' | 'sharp' | 'hash' | 'lua';
};

const c = (kind: Family['kind']): Family => ({
  lineComments: ['//'],
  hasBlockComments: true,
  kind,
});
const FAMILIES: readonly (readonly [string, Family])[] = [
  ['js mjs cjs jsx ts mts cts tsx', c('script')],
  ['c h cc cpp cxx hpp hh hxx ipp inl ino m mm cu cuh java kt kts swift scala dart', c('c')],
  ['groovy gradle sol glsl hlsl vert frag zig proto d as v sv json5 jsonc scss less', c('c')],
  ['cs', c('sharp')],
  ['rs', c('rust')],
  ['go', c('go')],
  ['css', { lineComments: [], hasBlockComments: true, kind: 'c' }],
  ['php tf hcl', { lineComments: ['//', '#'], hasBlockComments: true, kind: 'hash' }],
  [
    'py pyi r jl ps1 nix graphql gql',
    { lineComments: ['#'], hasBlockComments: false, kind: 'hash' },
  ],
  ['lua', { lineComments: ['--'], hasBlockComments: false, kind: 'lua' }],
];
const BY_ENDING = new Map(
  FAMILIES.flatMap(([endings, family]) => endings.split(' ').map((ending) => [ending, family])),
);

const familyOf = (path: string): Family | undefined =>
  BY_ENDING.get(/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '') as Family | undefined;

/** Behind the comment, string or pattern that begins at `at`; `at` where none does. */
function skipOver(text: string, at: number, family: Family, open: string[]): number {
  const { lineComments, hasBlockComments, kind } = family;
  const char = text[at] as string;
  if (char === 'R' || char === 'r') return rawEnd(text, at, kind);
  if (kind === 'lua' && /^(?:--)?\[=*\[/.test(text.slice(at, at + 12))) return luaEnd(text, at);
  if (lineComments.some((mark) => text.startsWith(mark, at))) return endOr(text, '\n', at);
  if (hasBlockComments && text.startsWith('/*', at)) return behind(text, '*/', at + 2);
  if (char === '"' || char === "'") return quotedEnd(text, at, kind);
  if (char === '`' && kind === 'go') return behind(text, '`', at + 1);
  if (char === '`' && kind === 'script') return templateEnd(text, at + 1, open);
  if (char === '/' && kind === 'script' && mayBePattern(text, at)) return patternEnd(text, at);
  if (char === '@' && kind === 'sharp' && text[at + 1] === '"') return verbatimEnd(text, at + 2);
  return at;
}

function endOr(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}
const behind = (text: string, mark: string, from: number): number =>
  Math.min(text.length, endOr(text, mark, from) + mark.length);

/** `R"x(…)x"` in C++, `r#"…"#` in Rust. */
function rawEnd(text: string, at: number, kind: Family['kind']): number {
  const rest = text.slice(at, at + 24);
  const raw = kind === 'c' ? /^R"([^\s()\\]{0,16})\(/.exec(rest) : null;
  if (raw) return behind(text, `)${raw[1]}"`, at + raw[0].length);
  const rust = kind === 'rust' ? /^r(#*)"/.exec(rest) : null;
  return rust ? behind(text, `"${rust[1]}`, at + rust[0].length) : at;
}

function luaEnd(text: string, at: number): number {
  const level = /^(?:--)?\[(=*)\[/.exec(text.slice(at, at + 12))?.[1] ?? '';
  return behind(text, `]${level}]`, at + 2);
}

/** A quote that nothing closes in its line is an apostrophe, a lifetime or a mark of digits. */
function quotedEnd(text: string, at: number, kind: Family['kind']): number {
  const quote = text[at] as string;
  const triple = quote.repeat(3);
  if (text.startsWith(triple, at)) return behind(text, triple, at + 3);
  if (quote === "'" && kind === 'rust') {
    const char = /^'(?:\\[^\n]{1,10}?|[^\\'\n]{1,2})'/.exec(text.slice(at, at + 14));
    return at + (char?.[0].length ?? 1);
  }
  if (
    quote === "'" &&
    kind === 'c' &&
    /\w/.test(text[at - 1] ?? '') &&
    /\d/.test(text[at + 1] ?? '')
  )
    return at + 1;
  const mayGoOn = kind === 'hash' || kind === 'rust';
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === quote) return end + 1;
    else if (text[end] === '\n' && !mayGoOn) return at + 1;
  }
  return at + 1;
}

/** Behind the template, or behind the `${` that opens code inside of it. */
function templateEnd(text: string, from: number, open: string[]): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '`') return at + 1;
    else if (text[at] === '$' && text[at + 1] === '{') {
      open.push(TEMPLATE);
      return at + 2;
    }
  }
  // A template without an end leaves what it opened open.
  open.push('`');
  return text.length;
}

function mayBePattern(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return (
    /[=(,:[!&|?{};+\-*%~^]$|(?:^|\W)(?:return|typeof|case|in|of|do|else|void|delete|await|yield)$/.test(
      before,
    ) || before === ''
  );
}

function patternEnd(text: string, at: number): number {
  let isInSet = false;
  for (let end = at + 1; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '[') isInSet = true;
    else if (text[end] === ']') isInSet = false;
    else if (text[end] === '/' && !isInSet) return end + 1;
  }
  return at + 1;
}

function verbatimEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text[at] !== '"') at += 1;
    else if (text[at + 1] === '"') at += 2;
    else return at + 1;
  }
  return at;
}
