/** What a tokenizer must know of a language. Data: a language is a line in `languages.ts`. */
export type Language = {
  readonly keywords: readonly string[];
  /** What begins a comment that goes to the end of the line. */
  readonly lineComments?: readonly string[];
  readonly blocks?: readonly Block[];
  /** Letter case makes no difference to keywords. */
  readonly isCaseless?: boolean;
  /** What a word may hold besides letters, digits and `_`. */
  readonly wordSigns?: string;
};

/** A string or a comment, from its opening to its end. */
export type Block = {
  readonly ink: 'string' | 'comment';
  readonly open: string;
  readonly close: string;
  /** A backslash takes the next character with it. */
  readonly isEscaped: boolean;
  /** It may go on in the next line. */
  readonly isLong: boolean;
};
