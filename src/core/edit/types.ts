/** The nouns of the edit ladder: what a reply asks for, and what comes of it. */

export const EDIT_FORMATS = [
  'auto',
  'search-replace',
  'udiff',
  'apply-patch',
  'whole',
  'json',
] as const;
export type EditFormat = (typeof EDIT_FORMATS)[number];

export type EditRefusalCode =
  | 'ambiguous'
  | 'no-match'
  | 'placeholder'
  | 'breaks-syntax'
  | 'outside-workspace'
  | 'protected'
  | 'disproportionate'
  | 'empty-search'
  | 'overlap'
  | 'malformed';

/** Says what is wrong with an edit in words on which a small model can act. */
export type EditRefusal = {
  readonly code: EditRefusalCode;
  readonly message: string;
  readonly path?: string;
  /** Counted from 1. */
  readonly line?: number;
};
export type Refused = { readonly ok: false; readonly error: EditRefusal };
export type Edited<T> = { readonly ok: true; readonly value: T } | Refused;

/** From the strictest to the loosest, then those that need no place in a text. */
export const RUNGS = [
  'exact',
  'inline',
  'trailing-blanks',
  'indentation',
  'inner-blanks',
  'typography',
  'blank-lines',
  'elision',
  'context',
  'whole',
  'create',
  'delete',
  'move',
] as const;
export type Rung = (typeof RUNGS)[number];

/** Line numbers, counted from 1, `end` included; an `end` before its `start` holds no line. */
export type Range = { readonly start: number; readonly end: number };
export type Span = { readonly before: Range; readonly after: Range };

export type FileEdit = {
  readonly path: string;
  /** Null where the file is deleted. */
  readonly after: string | null;
  readonly rung: Rung;
  readonly spans: readonly Span[];
};
export type EditResult = { readonly ok: true; readonly files: readonly FileEdit[] } | Refused;

// ---- what a reply asks for --------------------------------------------------------------------

/** One way to read a hunk: these lines become those. */
export type Reading = {
  readonly search: readonly string[];
  readonly replacement: readonly string[];
};

export type Hunk = {
  /** In the order in which they are tried; the first is how it stands in the reply. */
  readonly readings: readonly [Reading, ...Reading[]];
  /** Where the reply says that it begins, counted from 1. */
  readonly line?: number;
  /** Lines that stand above the place. */
  readonly anchors?: readonly string[];
  /** The place must follow its anchors, and lines without a search stand right behind them. */
  readonly isAnchorStrict?: boolean;
  readonly isAtEnd?: boolean;
  /** The search may begin and end inside of lines. */
  readonly isInline?: boolean;
  /** The reply asks in so many words for every occurrence. */
  readonly isForAll?: boolean;
  /** The edit is about the newline at the end of the file. */
  readonly finalNewline?: boolean;
};

/** What a reply asks for one file. A null path: the reply names none. */
export type Request =
  | {
      readonly kind: 'hunks';
      readonly path: string | null;
      readonly hunks: readonly Hunk[];
      /** The hunks stand in the order of the file. */
      readonly isOrdered: boolean;
      readonly moveTo?: string;
    }
  | {
      readonly kind: 'whole';
      readonly path: string | null;
      readonly lines: readonly string[];
      /** The first of the lines is a comment that names the file and nothing else does. */
      readonly hasLabel?: boolean;
      /** A sentence speaks of the file: what it holds must not be something else altogether. */
      readonly isMentioned?: boolean;
      /** Nothing says for sure that these lines are that file: they must be much like it. */
      readonly isGuess?: boolean;
      /** Perhaps only quoted: an excerpt of the file is then no edit. */
      readonly isPerhapsQuoted?: boolean;
      /** Beside other edits of the file: what the reply says that comes of them. */
      readonly isWitness?: boolean;
    }
  | {
      readonly kind: 'create';
      readonly path: string;
      readonly lines: readonly string[];
      readonly finalNewline?: boolean;
    }
  | { readonly kind: 'delete'; readonly path: string; readonly lines?: readonly string[] }
  | { readonly kind: 'move'; readonly path: string; readonly moveTo: string };

/** What the ladder must know of a workspace. Everything is already loaded. */
export type EditView = {
  /** All files, relative to the workspace, with slashes. */
  readonly paths: readonly string[];
  read(path: string): string | undefined;
  /** Undefined: the language is not known. What `before` holds, which parses, the grammar knows. */
  parses(path: string, text: string, before?: string): boolean | undefined;
  isProtected(path: string): boolean;
};
