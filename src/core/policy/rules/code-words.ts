/**
 * Words of `contains`, as one search over code. Blanks do not count, letter case neither. A word is
 * found only where a word begins: `eval(` is not in `retrieval(`. Three signs may stand at its ends:
 * `^eval` begins a statement, `eval ` ends where the word ends, and `eval()` is called.
 */
export function compileWords(words: readonly string[]): (code: string) => boolean {
  const search = new RegExp(words.map(sourceOf).join('|'), 'i');
  return (code) => search.test(code);
}

function sourceOf(word: string): string {
  const isFirst = word.startsWith('^');
  const isCalled = word.endsWith('()');
  const text = word
    .slice(isFirst ? 1 : 0)
    .replace(/\(\)$/, '')
    .replace(/\s+/g, '');
  const letters = [...text].map((char) => char.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&'));
  const start = isFirst ? '(?:^|[;\\n])\\s*' : /^[a-z_]/i.test(text) ? '(?<![a-z_])' : '';
  const end = isCalled ? CALL : /\s$/.test(word) ? '(?![a-z_0-9])' : '';
  return start + letters.join('\\s*') + end;
}

/** Scripting languages call without brackets, too: `system "id"`, `exec 1`, `kill -9`. */
const CALL = '\\s*(?:[(\'"`$@{<0-9-]|qw|:)';
