/**
 * A value of the shell is a string in which private-use characters stand for what is not known
 * before it runs. The parser refuses them in its input, so they cannot be forged.
 */
export const MARK = {
  /** A variable whose value nobody can know here. */
  unknown: '\uE000',
  /** What a local command prints. */
  output: '\uE001',
  /** What came over the network or out of a decoder. */
  foreign: '\uE002',
  /** The value of a variable that looks like a secret. */
  secret: '\uE003',
  /** What a text tool made of something local. */
  altered: '\uE008',
  star: '\uE004',
  one: '\uE005',
  /** A bracket expression or an extended glob. */
  set: '\uE006',
  /** Between the fields of an array or of the positional parameters. */
  between: '\uE007',
} as const;

const UNKNOWNS = /[\uE000-\uE003\uE008]/;
const UNKNOWNS_ALL = /[\uE000-\uE003\uE008]/g;
const OUTPUTS = /[\uE001-\uE003\uE008]/;
const GLOBS = /[\uE004-\uE006]/;
const ANY = /[\uE000-\uE008]/;

export const hasUnknown = (text: string): boolean => UNKNOWNS.test(text);
export const hasGlob = (text: string): boolean => GLOBS.test(text);
export const isStatic = (text: string): boolean => !ANY.test(text);
export const isForeign = (text: string): boolean => text.includes(MARK.foreign);
/** Put together at run time from what programs print or read. */
export const isMade = (text: string): boolean => isForeign(text) || text.includes(MARK.altered);
/** Holds what a command prints, or a secret. */
export const hasOutput = (text: string): boolean => OUTPUTS.test(text);

/** The text if everything unknown in it were empty: how a variable that is not set reads. */
export const emptied = (text: string): string => text.replace(UNKNOWNS_ALL, '');

const SHOWN: Readonly<Record<string, string>> = {
  [MARK.unknown]: '$…',
  [MARK.output]: '$(…)',
  [MARK.foreign]: '$(…)',
  [MARK.secret]: '$…',
  [MARK.altered]: '$(…)',
  [MARK.star]: '*',
  [MARK.one]: '?',
  [MARK.set]: '[…]',
  [MARK.between]: ' ',
};

/** For people: marks become what one would have typed. */
export const shown = (text: string): string =>
  ANY.test(text) ? text.replace(/[\uE000-\uE008]/g, (mark) => SHOWN[mark] ?? mark) : text;

/** Values that double with each assignment would fill the memory: longer ones are unknown. */
const LONGEST_VALUE = 16_384;
export const bounded = (text: string): string =>
  text.length > LONGEST_VALUE ? MARK.unknown : text;
