/** What renaming has to know about a language. Node types are those of its tree-sitter grammar. */
export type Language = {
  readonly name: string;
  /** The grammar for each ending of a file name, or for a whole name. */
  readonly files: Readonly<Record<string, string>>;
  /** A whole name, with its sign where it has one. */
  readonly shape: RegExp;
  /** What may stand before a name and makes another kind of name of it. */
  readonly sign: RegExp;
  /** What can be part of a name, as the inside of a set in a regular expression. */
  readonly characters: string;
  readonly keywords: ReadonlySet<string>;
  /** Leaves that are names. */
  readonly leaves: ReadonlySet<string>;
  /** A leaf with one of these before the name is a form of the same name. */
  readonly prefixes: readonly string[];
};

export const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const UNICODE = '\\p{ID_Continue}';
export const UNICODE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;
export const NO_SIGN = /^/;
