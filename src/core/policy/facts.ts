import type { ActionKind } from '../types.ts';

/** What an action would do, taken apart so that rules can be laid over each piece. */
export type Fact =
  | { readonly about: 'action'; readonly kind: ActionKind; readonly detail: string }
  | ProgramFact
  | AccessFact
  /** A variable set for a program, or for all that follow. */
  | {
      readonly about: 'assignment';
      readonly name: string;
      readonly value: string;
      readonly scope: 'program' | 'shell';
    }
  /** A variable read whose value nobody can know here. */
  | { readonly about: 'variable'; readonly name: string }
  /** A program's own setting made on the way: `git:core.hooksPath`. */
  | { readonly about: 'setting'; readonly name: string; readonly value: string }
  /** A place in the network that a program is pointed at. */
  | { readonly about: 'address'; readonly program: string; readonly value: string }
  /** Code handed to an interpreter in the command itself. */
  | { readonly about: 'code'; readonly language: string; readonly text: string }
  /** Something that the analysis found and a rule must answer for. */
  | { readonly about: 'trait'; readonly name: string; readonly detail: string };

export type ProgramFact = {
  readonly about: 'program';
  /** With its subcommands: `git push`. */
  readonly name: string;
  /** The group that the tables put it in; `unknown` where no table knows it. */
  readonly group: string;
  readonly flags: readonly string[];
  readonly operands: readonly string[];
};

export const ACCESSES = ['list', 'read', 'write', 'move', 'delete'] as const;
export type Access = (typeof ACCESSES)[number];
export type AccessFact = {
  readonly about: 'access';
  readonly access: Access;
  /** Absolute and normalised, with marks for what is not known. */
  readonly path: string;
  /** A whole tree at once. */
  readonly isTree: boolean;
  readonly by: string;
};

/** Beyond this nobody could read the reasons; the rest is answered by `too-complex`. */
const MOST_FACTS = 1_000;

export type Collector = {
  readonly facts: Fact[];
  readonly add: (fact: Fact) => void;
};

export function createCollector(): Collector {
  const facts: Fact[] = [];
  const seen = new Set<string>();
  const add = (fact: Fact): void => {
    if (facts.length > MOST_FACTS) return;
    const key = JSON.stringify(fact);
    if (seen.has(key)) return;
    seen.add(key);
    const isLast = facts.length === MOST_FACTS;
    facts.push(isLast ? { about: 'trait', name: 'too-complex', detail: 'too many parts' } : fact);
  };
  return { facts, add };
}
