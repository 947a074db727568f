/**
 * The shape of a shell command as the policy sees it: smaller than any parser's tree, so that the
 * core depends on no parser. Spans are left out; texts are kept where a decision quotes them.
 */
import type { Result } from '../types.ts';

/** Never throws, always ends: text that cannot be parsed is a failure. */
export type ParseShell = (text: string) => Result<Script>;

export type Script = { readonly statements: readonly Statement[] };
export type Statement = { readonly command: Node; readonly isBackground: boolean };

export type Node =
  | SimpleCommand
  | { readonly kind: 'pipeline'; readonly commands: readonly Node[] }
  | {
      readonly kind: 'and-or';
      readonly commands: readonly Node[];
      readonly operators: readonly ('&&' | '||')[];
    }
  | { readonly kind: 'group'; readonly body: Script }
  | { readonly kind: 'subshell'; readonly body: Script }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Script | null }
  | { readonly kind: 'while'; readonly condition: Script; readonly body: Script }
  | {
      readonly kind: 'for';
      readonly name: string;
      /** Null: over the positional parameters. */
      readonly words: readonly Word[] | null;
      readonly body: Script;
    }
  | { readonly kind: 'count'; readonly parts: readonly WordPart[]; readonly body: Script }
  | { readonly kind: 'case'; readonly word: Word; readonly items: readonly CaseItem[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node }
  | { readonly kind: 'test'; readonly words: readonly Word[] }
  | { readonly kind: 'arithmetic'; readonly text: string; readonly parts: readonly WordPart[] }
  | { readonly kind: 'coproc'; readonly body: Node }
  | {
      readonly kind: 'redirected';
      readonly command: Node;
      readonly redirects: readonly Redirect[];
    };
export type Branch = { readonly condition: Script; readonly body: Script };
export type CaseItem = { readonly patterns: readonly Word[]; readonly body: Script };

/** Assignments in front of the command and redirects anywhere in it; words in order. */
export type SimpleCommand = {
  readonly kind: 'command';
  readonly assignments: readonly Assignment[];
  readonly words: readonly (Word | Assignment)[];
  readonly redirects: readonly Redirect[];
};
export type Assignment = {
  readonly kind: 'assignment';
  readonly name: string;
  readonly isAppend: boolean;
  readonly index: Word | null;
  readonly value: Word | readonly Word[];
};

export type Redirect =
  | {
      readonly kind: 'file';
      readonly operator: '>' | '>>' | '<' | '<>' | '<&' | '>&' | '>|' | '&>' | '&>>';
      readonly descriptor: number | null;
      readonly target: Word;
    }
  | { readonly kind: 'here'; readonly parts: readonly WordPart[]; readonly isString: boolean };

export type Word = {
  readonly kind: 'word';
  readonly text: string;
  readonly parts: readonly WordPart[];
};
export type WordPart =
  /** Unquoted: a leading tilde in it is expanded. */
  | { readonly kind: 'literal'; readonly text: string; readonly hasTilde: boolean }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'double'; readonly parts: readonly WordPart[] }
  /** What stands in the brackets is expanded before anything is matched. */
  | {
      readonly kind: 'glob';
      readonly glob: 'star' | 'one' | 'set' | 'extended';
      readonly inner: readonly WordPart[];
    }
  | Parameter
  | { readonly kind: 'substitution'; readonly script: Script }
  | { readonly kind: 'process'; readonly direction: '<' | '>'; readonly script: Script }
  | { readonly kind: 'sum'; readonly parts: readonly WordPart[] }
  /** The whole word stands for these words. */
  | { readonly kind: 'braces'; readonly words: readonly Word[] };
export type Parameter = {
  readonly kind: 'parameter';
  readonly name: string;
  readonly isIndirect: boolean;
  readonly isLength: boolean;
  readonly index: Word | null;
  readonly operation: ParameterOperation | null;
};
export type ParameterOperation =
  | { readonly kind: 'default'; readonly operator: string; readonly operand: Word }
  | { readonly kind: 'remove'; readonly operator: string; readonly operand: Word }
  | {
      readonly kind: 'replace';
      readonly operator: string;
      readonly pattern: Word;
      readonly replacement: Word;
    }
  | { readonly kind: 'slice'; readonly offset: Word; readonly length: Word | null }
  | { readonly kind: 'case'; readonly operator: string }
  /** Anything else: what comes out is not known; `words` are still looked into. */
  | { readonly kind: 'other'; readonly operator: string; readonly words: readonly Word[] };
