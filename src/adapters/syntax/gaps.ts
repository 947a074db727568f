/**
 * What the grammars do not know, though the languages have it. An error in a text that holds such
 * a thing proves nothing by itself; only brackets that do not close still do.
 */
const GAPS: Readonly<Record<string, RegExp>> = {
  bash: /[?*+@!]\(|<<.*<</,
  // The grammar is that of C++, whose words are names in C; declarations of old stand behind `)`.
  c: /\b(?:class|new|delete|template|this|try|catch|throw|namespace|private|public|protected|using|operator|typename|virtual|friend|mutable|explicit|export|typeof|_Generic|and|or|not|xor)\b|\)\s*\n?\s*(?:int|char|long|short|float|double|unsigned|struct)\b[^;{}()]*;\s*\{|\b[A-Z][A-Z0-9_]{2}\w*/,
  // A macro may stand for anything, and stands in capitals.
  cpp: /\b[A-Z][A-Z0-9_]{2}\w*|\b(?:signals|slots|Q_\w+|emit|foreach)\b|\bif (?:not |!)?consteval\b|::\*|(?:\.|->)\*|\boperator\b|\busing [^;]*,|\.\.\.|\bcontract_assert\b|\^\^|\bimport\b|\bmodule\b|\btemplate (?:class|struct)\b|::(?:new|delete)\b|^\s*#\s*(?:if|el|endif)/m,
  'c-sharp':
    /[=(,:?>[]\s*\[\s*\]|\[\s*\.\.|\.\. ?var|\.\.\s*\w+\s*[\],]|\bextension\s*\(|\ballows\b/,
  css: /(?:)/,
  javascript: /\baccessor\b|\bimport (?:defer|source)\b|JSX_TEXT|BAD_ESCAPE/,
  php: /[{;}]\s*(?:final\s+)?&?(?:get|set)\s*(?:=>|[{;(])|\|>|\(set\)/,
  tsx: /<[^<>(){};]*\b(?:in|out)\b\s+\w|\baccessor\b|JSX_TEXT|BAD_ESCAPE|\btype \*|\bimport\(/,
  typescript:
    /<[^<>(){};]*\b(?:in|out)\b\s+\w|\baccessor\b|BAD_ESCAPE|\btype \*|\bimport\(|\basserts;/,
};

/** In words of the patterns above: `&` in the text of an element; an escape that only a tag allows. */
const PARTS: Readonly<Record<string, string>> = {
  JSX_TEXT: '[>}][^<>{}]*(?<!&)&(?![&=#])[^<>{}]*[<{]',
  BAD_ESCAPE: '\\w`[^`]*\\\\(?:u(?![\\da-fA-F]{4}|\\{[\\da-fA-F])|x(?![\\da-fA-F]{2})|\\d)',
};
const PATTERNS = new Map(
  Object.entries(GAPS).map(([name, gap]) => [
    name,
    new RegExp(
      gap.source.replace(/JSX_TEXT|BAD_ESCAPE/g, (part) => PARTS[part] ?? part),
      gap.flags,
    ),
  ]),
);

/** `before` is a text that the grammar took: whatever it holds, the grammar knows. */
export function hasGap(dialect: string, text: string, before?: string): boolean {
  const pattern = PATTERNS.get(dialect);
  if (pattern === undefined) return false;
  const fresh = withoutComments(before === undefined ? text : freshLines(text, before), dialect);
  return fresh !== '' && pattern.test(fresh);
}

/** What a gap needs to be known by may stand beside the lines that changed. */
const BESIDE = 3;

/** The lines between what both texts begin and end with, and those next to them. */
function freshLines(text: string, before: string): string {
  const [now, then] = [text.split('\n'), before.split('\n')];
  const most = Math.min(now.length, then.length);
  let head = 0;
  while (head < most && now[head] === then[head]) head += 1;
  let tail = 0;
  while (tail < most - head && now.at(-1 - tail) === then.at(-1 - tail)) tail += 1;
  const changed = now.slice(head, now.length - tail);
  if (changed.every((line) => line.trim() === '')) return '';
  return now.slice(Math.max(0, head - BESIDE), now.length - tail + BESIDE).join('\n');
}

/** In C the words of a comment are those that C++ has taken. */
const withoutComments = (text: string, dialect: string): string =>
  dialect === 'c' || dialect === 'cpp'
    ? text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g, '')
    : text;
