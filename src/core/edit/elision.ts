import { absenceIn } from './absence.ts';
import { commentText } from './comments.ts';
import type { Reading } from './types.ts';

/** Lines that stand for code which the writer did not repeat. */

/** `...` and comments such as `// ... existing code ...`. Spread, Ellipsis and prose are code. */
export function isElision(line: string): boolean {
  const text = line.trim();
  if (text.length > MAX_LENGTH || text === '') return false;
  if (/^(\.{3,}|…|\[(\.{3}|…)\]|\((\.{3}|…)\)|\. \. \.)$/.test(text)) return true;
  const comment = commentText(text);
  if (comment !== null) return saysElision(comment);
  // Without a comment sign only dots that stand apart from words are no code.
  const bare = /^[[(<]?(?:\.{3,}|…)\s+(.+?)[\])>]?$/.exec(text);
  if (bare) return isPhrase(bare[1] ?? '');
  const bracketed = /^[[(<](.+)[\])>]$/.exec(text);
  return bracketed !== null && isPhrase(bracketed[1] ?? '');
}

/** A line with code and, inside of a comment in braces, what was left out. */
export function hasInlineElision(line: string): boolean {
  const found = /\{\s*\/\*(.*?)\*\/\s*\}/.exec(line) ?? /[{(]\s*(?:\/\/|#)\s*(.*)$/.exec(line);
  if (found === null || isElision(line)) return false;
  const inner = (found[1] ?? '').trim();
  return /^(\.{3}|…)/.test(inner) ? saysElision(inner) : isPhrase(inner);
}

const MAX_LENGTH = 160;

function saysElision(comment: string): boolean {
  const bare = comment.replace(/^[[(<\-=*\s]+|[\])>\-=*\s]+$/g, '');
  if (/^(\.{3,}|…)$/.test(bare) || /^(\.{3}|…)$/.test(comment)) return true;
  const leads = /^(?:\.{3,}|…)\s*(.*)$/.exec(bare);
  if (leads) {
    const said = leads[1] ?? '';
    // Code that is commented out may begin with a spread; a sentence may go on after dots.
    return (
      isPhrase(said) || (!/^[.\w]+[({[=;,.]/.test(said) && said.split(/\s+/).length <= MAX_WORDS)
    );
  }
  const trails = /^(.*?)\s*(?:\.{3,}|…)$/.exec(bare);
  return isPhrase(trails ? (trails[1] ?? '') : bare) || (trails !== null && hints(trails[1] ?? ''));
}

const MAX_WORDS = 8;

const hints = (text: string): boolean =>
  text.split(/\s+/).length <= MAX_WORDS &&
  /^(?:(?:and|the|all|plus|with|your) )*(?:rest|remaining|remainder|existing|unchanged|same|omitted|previous|other|more)\b/i.test(
    text,
  );

const THING =
  '(?:code|file|function|functions|method|methods|class|classes|implementation|module|body|component|components|logic|script|imports?|contents?|lines?|fields?|members?|props|properties|tests?|cases?|routes?|handlers?|definitions?|declarations?|entries|items|keys|options|rules|styles|sections?|settings|services|config(?:uration)?|setup|markup|text|document|loop|block|statements?|exports?|types?|variables|helpers|endpoints|fixtures|steps|jobs|rows|queries|struct|structs|program)';
const CORE = '(?:code|methods?|functions?|implementation|contents?|imports|logic|body|lines)';
const STAYS =
  '(?:is |are |was |were )?(?:all )?(?:remains?|stays?|kept|keeps?|goes|continues?|unchanged|untouched|unmodified|the same|same|here|below|above|as (?:is|before|it (?:is|was))|omitted|elided|follows?|not shown)(?: (?:the same|unchanged|untouched|here|as (?:is|before)|exactly as (?:is|before)))*';

const LASTS =
  '(?:is |are |was |were )?(?:(?:remains?|stays?|kept) )?(?:unchanged|untouched|unmodified|the same|same|as (?:is|before|it (?:is|was))|omitted|elided|not shown)(?: (?:here|for brevity|as before))?';
const WORD = '(?!(?:is|are|was|were|has|have|will|must|can|should) )[\\w.]+';

const shape = (text: string): RegExp => new RegExp(`^${text}$`, 'i');

const PHRASES: readonly RegExp[] = [
  shape(
    `(?:the |your )?(?:rest|remainder)(?: of (?:the |this |your |my )?(?:(?:${WORD} ){0,2}${THING}|[\\w./-]+))?(?: (?:${STAYS}|${LASTS}))?`,
  ),
  shape(
    `(?:the |your |all )?(?:existing|remaining|unchanged|original|previous|prior|old|current)(?: ${WORD}){0,2}? (?:${CORE}|${THING} ${STAYS})(?: ${STAYS})?`,
  ),
  shape(
    `(?:the |your |all )?(?:other|existing|remaining|same)(?: ${WORD}){0,2}? ${THING} ${STAYS}`,
  ),
  shape(
    `(?:the |your |all )?(?:other|existing|remaining|original|previous)(?: ${WORD}){1,3} ${LASTS}`,
  ),
  shape('(?:the )?(?:other|same) (?:code|methods|functions|imports)'),
  shape(`${THING}(?: ${WORD})? ${LASTS}`),
  shape(
    `(?:keep|leave)s? (?:the |your |all )?(?:existing|other|remaining)(?: ${WORD}){0,3}? (?:${CORE}|${LASTS}|here)`,
  ),
  /^(?:no changes?(?: here| below| above| needed)?|unchanged(?: (?:code|below|above|from here))?|same as (?:before|above|original)|as before|everything else (?:(?:stays|remains|is) )?(?:the same|unchanged|as (?:is|before))|omitted(?: for brevity)?|snip(?:ped)?|truncated|and so on|etc\.?|(?:code|content|rest) (?:goes|continues) here)$/i,
];

const isPhrase = (text: string): boolean => {
  const plain = text
    .replace(/^[\s([]*(?:\.{3,}|…)?[\s([]*|\s*(?:\.{3,}|…)$/g, '')
    .replace(/[\s.:;,)\]]+$/, '');
  return PHRASES.some((phrase) => phrase.test(plain)) || absenceIn(plain) === 'sure';
};

/** A reading cut at its elisions, piece against piece; null where the two sides have other numbers. */
export function cutAtElisions({ search, replacement }: Reading): readonly Reading[] | null {
  const before = pieces(search);
  const after = pieces(replacement);
  if (before.length === 1 || before.length !== after.length) return null;
  return before.map((piece, at) => ({ search: piece, replacement: after[at] ?? [] }));
}

function pieces(lines: readonly string[]): readonly (readonly string[])[] {
  const out: string[][] = [[]];
  for (const line of lines) {
    if (isElision(line)) out.push([]);
    else out.at(-1)?.push(line);
  }
  return out;
}
