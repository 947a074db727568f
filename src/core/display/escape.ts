/**
 * Text from outside, made safe to show: nothing is stripped, everything that a terminal would
 * obey or that the eye would miss is shown by its number, as `⟨U+202E⟩`. Only a newline passes,
 * and tabs become spaces.
 */
export function makeVisible(text: string, isAscii = false): string {
  if (isHarmless(text)) return text;
  const shown = text.replace(UNSEEN, (character, at: number) =>
    isPartOfEmoji(text, character, at) ? character : nameCharacter(character, isAscii),
  );
  return shown.includes('\t') ? expandTabs(shown) : shown;
}

/** The same for what must stay one line: a newline in it must not begin what looks like another. */
export const makeLineVisible = (text: string, isAscii = false): string =>
  makeVisible(text, isAscii).replaceAll('\n', nameCharacter('\n', isAscii));

/** A text in its order, each of its characters that is shown by its number apart from the rest. */
export function splitAtUnseen(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    if (isPartOfEmoji(text, character, index)) continue;
    parts.push(text.slice(from, index), character);
    from = index + character.length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}

/** The visible stand-in of one character. */
export function nameCharacter(character: string, isAscii = false): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return isAscii ? `<U+${number}>` : `⟨U+${number}⟩`;
}

const TAB_STOP = 4;
const UNSEEN =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

function isHarmless(text: string): boolean {
  return /^[\n\x20-\x7e]*$/.test(text);
}

/** Joiners and the emoji selector pass only where they make one picture out of pictures. */
function isPartOfEmoji(text: string, character: string, at: number): boolean {
  if (character === '\u200d') {
    return PICTURE_BEFORE_JOINER.test(before(text, at)) && PICTURE_AFTER.test(after(text, at));
  }
  if (character === '\ufe0f') {
    const isKeycap = /[0-9#*]$/.test(before(text, at)) && text[at + 1] === '\u20e3';
    return isKeycap || PICTURE_BEFORE.test(before(text, at));
  }
  return false;
}

const PICTURE_BEFORE = /\p{Extended_Pictographic}$/u;
const PICTURE_BEFORE_JOINER = /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?$/u;
const PICTURE_AFTER = /^\p{Extended_Pictographic}/u;

const before = (text: string, at: number): string => text.slice(Math.max(0, at - 4), at);
const after = (text: string, at: number): string => text.slice(at + 1, at + 3);

/** Counts characters, not cells: exact for ASCII, which is what tabs align. */
function expandTabs(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      let shown = '';
      for (const character of line) {
        shown += character === '\t' ? ' '.repeat(TAB_STOP - (shown.length % TAB_STOP)) : character;
      }
      return shown;
    })
    .join('\n');
}
