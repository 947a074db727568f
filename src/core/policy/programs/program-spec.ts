/**
 * What a table says about a program: data from `policies/programs-*.yaml`. The words of `flags`
 * and `operands` are explained in docs/policies.md.
 */
export type ProgramSpec = {
  /** Rules speak of groups: `look`, `build`, `change`, `fetch`, … */
  readonly group?: string;
  /** Its group where no operand says what to do: `vite` alone serves. */
  readonly alone?: string;
  /** Takes everything from another entry, and changes what stands here. */
  readonly like?: string;
  readonly flags?: string;
  readonly operands?: string;
  /** With one of these flags the first operand is not there. */
  readonly firstUnless?: string;
  /** `long`: one dash begins a whole word; `none`: there are no flags; `any`: none matters. */
  readonly style?: 'gnu' | 'long' | 'none' | 'any';
  /** After one of these flags the rest belongs to what it starts. */
  readonly endsAfter?: string;
  /** Flags end at the first operand. */
  readonly stops?: boolean;
  /** Words with which it only shows what is there, whatever its group; see `only-looks.ts`. */
  readonly looks?: string;
  /** The same for what is worth a question and no more, where the group is refused. */
  readonly asks?: string;
  /** Flags that make it work on whole trees; `*` when it always does. */
  readonly tree?: string;
  /** What it prints; `pass`: what it is given. */
  readonly output?:
    | 'local'
    | 'network'
    | 'decoded'
    | 'altered'
    | 'pass'
    | 'names'
    | 'none'
    | 'secret';
  /** Flags with which it prints names of files and nothing else; `*` when it always does. */
  readonly namesWith?: string;
  /** The operands from here on are a command of their own. */
  readonly wraps?: number;
  /** A language whose code it runs: `shell`, `python`, … */
  readonly language?: string;
  /** Code of its own looks at it as well. */
  readonly special?: string;
  readonly subcommands?: Readonly<Record<string, ProgramSpec>>;
};

/** What a flag's value or an operand is. */
export const ROLES = [
  'text',
  'read',
  'name',
  'list',
  'write',
  'edit',
  'delete',
  'folder',
  'run',
  'script',
  'shell',
  'code',
  'module',
  'plugin',
  'format',
  'size',
  'rights',
  'url',
  'upload',
  'remote',
  'assign',
  'setting',
  'unknown',
] as const;
export type Role = (typeof ROLES)[number];

export type FlagSpec = {
  readonly name: string;
  /**
   * `joined`: in the same word or the next, as compilers take `-Iinclude`. `maybe`: some of the
   * programs of an entry take a value and some do not, so the next word is looked at as both.
   */
  readonly takes: 'nothing' | 'value' | 'attached' | 'joined' | 'maybe';
  readonly role: Role;
};
export type OperandRole = { readonly role: Role; readonly isRest: boolean };

export type Program = {
  readonly name: string;
  readonly spec: ProgramSpec;
  readonly flags: ReadonlyMap<string, FlagSpec>;
  readonly operands: readonly OperandRole[];
  readonly firstUnless: ReadonlySet<string>;
  readonly looks: ReadonlySet<string>;
  readonly asks: ReadonlySet<string>;
  readonly tree: ReadonlySet<string>;
  readonly endsAfter: ReadonlySet<string>;
  readonly namesWith: ReadonlySet<string>;
};
