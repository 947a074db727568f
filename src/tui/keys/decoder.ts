import { isControl, keyOfControl } from './control-characters.ts';
import { keyOfCsi, keyOfSs3 } from './escape-sequences.ts';
import { type Key, named } from './key.ts';

/** Turns what a terminal sends into keys, whatever the pieces it comes in. */
export type Decoder = {
  push(bytes: Uint8Array): readonly Key[];
  /** How long to wait for more before `flush`; null where nothing hangs in the air. */
  waitMs(): number | null;
  /** Nothing more came: a lone escape is the Esc key, a paste without end is over. */
  flush(): readonly Key[];
};

export const MAX_PASTE = 1_000_000;
const ESCAPE_WAIT_MS = 50;
const PASTE_WAIT_MS = 1_000;
/** A sequence longer than this is not one. */
const MAX_SEQUENCE = 128;
const MAX_STRING = 65_536;
const PASTE_END = '\x1b[201~';

type Place =
  | { readonly at: 'ground' }
  | { readonly at: 'escape'; readonly alt: boolean }
  | { readonly at: 'csi'; readonly alt: boolean; readonly seen: string }
  | { readonly at: 'ss3'; readonly seen: string }
  /** OSC, DCS, APC, PM, SOS: swallowed up to their end. */
  | { readonly at: 'string'; readonly letter: string; readonly length: number }
  /** The escape that begins the end of a string, mostly. */
  | { readonly at: 'string-end' }
  /** So many more characters belong to what came. */
  | { readonly at: 'skip'; readonly count: number };

const GROUND: Place = { at: 'ground' };

export function createDecoder(): Decoder {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let place: Place = GROUND;
  let paste: { text: string; isCut: boolean } | null = null;
  let keys: Key[] = [];

  const emit = (key: Key | null): void => {
    if (key === null) return;
    const last = keys.at(-1);
    if (key.kind === 'text' && last?.kind === 'text') {
      keys[keys.length - 1] = { kind: 'text', text: last.text + key.text };
    } else keys.push(key);
  };
  const take = (): readonly Key[] => {
    const taken = keys;
    keys = [];
    return taken;
  };

  /** Returns where to go on reading. */
  function step(input: string, from: number): number {
    if (paste !== null) return collectPaste(input, from);
    const character = String.fromCodePoint(input.codePointAt(from) ?? 0);
    const next = from + character.length;
    switch (place.at) {
      case 'ground':
        return readGround(input, from);
      case 'escape':
        readEscape(character, place.alt);
        return next;
      case 'csi':
        return readCsi(character, place.alt, place.seen) ? next : from;
      case 'ss3':
        return readSs3(character, place.seen) ? next : from;
      case 'string':
        return readString(character, place.letter, place.length) ? next : from;
      case 'string-end':
        if (character === '\\') place = GROUND;
        else readEscape(character, false);
        return next;
      case 'skip':
        place = place.count > 1 ? { at: 'skip', count: place.count - 1 } : GROUND;
        return next;
      default:
        return place satisfies never;
    }
  }

  function readGround(input: string, from: number): number {
    const [run = ''] = PRINTABLE.exec(input.slice(from, from + MAX_STRING)) ?? [];
    if (run !== '') {
      const text = run.replace(C1, '');
      if (text !== '') emit({ kind: 'text', text });
      return from + run.length;
    }
    const character = input[from] ?? '';
    if (character === '\x1b') place = { at: 'escape', alt: false };
    else emit(keyOfControl(character, false));
    return from + 1;
  }

  function readEscape(character: string, alt: boolean): void {
    place = GROUND;
    if (character === '\x1b') place = { at: 'escape', alt: true };
    else if (character === '[') place = { at: 'csi', alt, seen: '' };
    else if (character === 'O') place = { at: 'ss3', seen: '' };
    else if (']PX^_'.includes(character)) place = { at: 'string', letter: character, length: 0 };
    else if (isControl(character)) emit(keyOfControl(character, true));
    else emit(named(character, { alt: true }));
  }

  /** False where the character does not belong to the sequence. */
  function readCsi(character: string, alt: boolean, seen: string): boolean {
    const isRxvtShift = character === '$' && /^\d+$/.test(seen);
    if (isControl(character) || character > '~' || seen.length > MAX_SEQUENCE) {
      place = GROUND;
      return false;
    }
    if (character < '@' && !isRxvtShift) {
      place = { at: 'csi', alt, seen: seen + character };
      return true;
    }
    place = GROUND;
    if (seen === '' && character === '[') place = { at: 'skip', count: 1 };
    else if (seen === '' && character === 'M') place = { at: 'skip', count: 3 };
    else if (seen === '200' && character === '~') paste = { text: '', isCut: false };
    else if (!/[ -/]/.test(seen)) emit(withAlt(keyOfCsi(seen, character), alt));
    return true;
  }

  function readSs3(character: string, seen: string): boolean {
    if (/\d/.test(character) && seen.length < 2) {
      place = { at: 'ss3', seen: seen + character };
      return true;
    }
    place = GROUND;
    if (isControl(character)) return false;
    emit(keyOfSs3(seen, character));
    return true;
  }

  /** Ends with BEL, ST, or a key that no string contains. */
  function readString(character: string, letter: string, length: number): boolean {
    if (character === '\x1b') place = { at: 'string-end' };
    else if (isControl(character) || character === '\x9c' || length > MAX_STRING) place = GROUND;
    else place = { at: 'string', letter, length: length + 1 };
    return place.at !== 'ground' || character === '\x07' || character === '\x9c';
  }

  function collectPaste(input: string, from: number): number {
    if (paste === null) return from;
    const held = paste.text.slice(-(PASTE_END.length - 1));
    const at = (held + input.slice(from)).indexOf(PASTE_END);
    const end = at < 0 ? input.length : from + at - held.length + PASTE_END.length;
    paste.text += input.slice(from, end);
    if (at >= 0) {
      paste.text = paste.text.slice(0, -PASTE_END.length);
      endPaste();
    } else if (paste.text.length > MAX_PASTE + PASTE_END.length) {
      // What is beyond is dropped, but for what may be the beginning of the end.
      const tail = paste.text.slice(-(PASTE_END.length - 1));
      paste = { text: paste.text.slice(0, MAX_PASTE) + tail, isCut: true };
    }
    return end;
  }

  function endPaste(): void {
    if (paste === null) return;
    const isCut = paste.isCut || paste.text.length > MAX_PASTE;
    const text = paste.text.slice(0, MAX_PASTE).replace(/\r\n?/g, '\n');
    paste = null;
    emit({ kind: 'paste', text, isCut });
  }

  return {
    push(bytes) {
      const input = utf8.decode(bytes, { stream: true });
      for (let at = 0; at < input.length; ) at = step(input, at);
      return take();
    },
    waitMs() {
      if (paste !== null) return PASTE_WAIT_MS;
      return place.at === 'ground' || place.at === 'skip' || isUnderWay(place)
        ? null
        : ESCAPE_WAIT_MS;
    },
    flush() {
      if (paste !== null) endPaste();
      else if (!isUnderWay(place)) {
        emit(keyOfPending(place));
        if (place.at !== 'skip') place = GROUND;
      }
      return take();
    },
  };
}

const PRINTABLE = /^[^\x00-\x1f\x7f]+/;
const C1 = /[\x80-\x9f]/g;

/** Something that only a terminal sends has begun; its end will come. */
function isUnderWay(place: Place): boolean {
  return (place.at === 'csi' && place.seen !== '') || (place.at === 'string' && place.length > 0);
}

/** What a person pressed where a sequence could have begun. */
function keyOfPending(place: Place): Key | null {
  switch (place.at) {
    case 'escape':
      return named('escape');
    case 'csi':
      return named('[', { alt: true });
    case 'ss3':
      return named('O', { alt: true });
    case 'string':
      return named(place.letter, { alt: true });
    default:
      return null;
  }
}

const withAlt = (key: Key | null, alt: boolean): Key | null =>
  key?.kind === 'key' && alt ? { ...key, alt: true } : key;
