import type { ActionKind, CageRules, Level, Mode, Risk, Verdict } from '../../types.ts';
import type { Access } from '../facts.ts';
import type { ProgramSpec } from '../programs/program-spec.ts';

/** A rule as it stands in a file. `when` must hold, and none of `unless`; see docs/policies.md. */
export type Rule = {
  /** `file/name`: unique over all files. */
  readonly id: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly risk?: Risk;
  readonly reason: string;
  readonly when: Condition;
  readonly unless?: Condition | readonly Condition[];
  readonly examples: Examples;
};

/** All that is named must hold; within a list one is enough. */
export type Condition = {
  readonly action?: readonly ActionKind[];
  readonly mode?: readonly Mode[];
  readonly access?: readonly Access[];
  readonly path?: readonly string[];
  /** True: only accesses to whole trees. */
  readonly tree?: boolean;
  readonly by?: readonly string[];
  /** Names with their subcommands: `git push`; a name alone covers all of its subcommands. */
  readonly program?: readonly string[];
  readonly group?: readonly string[];
  readonly flags?: readonly string[];
  /** Globs over single operands. */
  readonly operand?: readonly string[];
  readonly assigns?: readonly string[];
  readonly scope?: readonly ('program' | 'shell')[];
  readonly value?: readonly string[];
  readonly reads?: readonly string[];
  readonly sets?: readonly string[];
  readonly address?: readonly string[];
  readonly code?: readonly string[];
  /** Words of code: one is enough. `rules/code-words.ts` says how they are found. */
  readonly contains?: readonly string[];
  readonly trait?: readonly string[];
};

export type Examples = {
  readonly match: readonly Example[];
  readonly not: readonly Example[];
};
/** A command, or any other action in its own form. */
export type Example = string | { readonly [key: string]: unknown };

export type LevelSpec = {
  readonly level: Level;
  readonly summary: string;
  /** The first entry that fits a rule's id says what its verdict is at this level. */
  readonly turns: readonly Turn[];
  readonly cage: CageRules;
};
/** `keep`: they say what they say, whatever a later entry turns. */
export type Turn = { readonly rules: readonly string[]; readonly to: Verdict | 'keep' };

/** Everything that decides, as data. */
export type PolicyData = {
  readonly rules: readonly Rule[];
  readonly programs: Readonly<Record<string, ProgramSpec>>;
  readonly levels: Readonly<Record<Level, LevelSpec>>;
  /** The ids of the rules that TinyCode does not come with. */
  readonly added?: readonly string[];
};
