/** What a sentence asks for, before anything in the workspace has been looked at. */
export type Request =
  | {
      readonly kind: 'rename-name';
      readonly from: string;
      readonly to: string;
      readonly scope: Scope;
      readonly alsoIn: readonly Prose[];
      /** The sentence says that it is a name in code, so no file can be meant. */
      readonly isSurelyName: boolean;
    }
  | {
      readonly kind: 'replace';
      readonly find: Find;
      readonly replacement: string;
      readonly scope: Scope;
    }
  | { readonly kind: 'create-file'; readonly path: string; readonly content: string }
  | { readonly kind: 'create-from-template'; readonly path: string; readonly template: string }
  | { readonly kind: 'create-folder'; readonly path: string }
  | {
      readonly kind: 'move';
      readonly from: readonly string[];
      /** Ends with a slash where it is surely a folder. */
      readonly to: string;
      /** A new name without a folder stays in the folder of the old one. */
      readonly isRename: boolean;
    }
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  | { readonly kind: 'delete'; readonly paths: readonly string[]; readonly what: PathNoun }
  | { readonly kind: 'run'; readonly command: string; readonly folder: string | null }
  /** No paths: everything. */
  | { readonly kind: 'format'; readonly paths: readonly string[] }
  | { readonly kind: 'commit'; readonly message: string; readonly what: CommitWhat };

export type Scope =
  | { readonly kind: 'everywhere' }
  /** Files, folders and globs. */
  | { readonly kind: 'in'; readonly paths: readonly string[] };

/** The text in code that is no code. */
export type Prose = 'strings' | 'comments';

export type Find =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

export type PathNoun = 'file' | 'folder' | 'any';

export type CommitWhat =
  /** What is staged; or what the sentences before it change. */
  | { readonly kind: 'as-is' }
  | { readonly kind: 'all' }
  | { readonly kind: 'paths'; readonly paths: readonly string[] };
