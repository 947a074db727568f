import { baseName } from '../paths/normalise.ts';
import type { Node } from '../shell-syntax.ts';
import { bounded, MARK } from './marks.ts';
import type { Stream } from './stream.ts';

/** What the shell knows at a point of the script, as a set of possibilities for each thing. */
export type ShellState = {
  /** Possible values; a name that is missing was never set here. */
  readonly variables: Map<string, readonly string[]>;
  /** `declare -n a=b`: a is another name for b. */
  readonly references: Map<string, string>;
  readonly functions: Map<string, Node>;
  readonly aliases: Map<string, string>;
  /** What this very script wrote into files and descriptors. */
  readonly files: Map<string, Stream>;
  /** Folders that it filled from the network. */
  readonly foreignFolders: Set<string>;
  /** Possible working folders, absolute; a mark where one is not known. */
  cwds: readonly string[];
  /** Where `cd -` leads. */
  previous: readonly string[];
  positional: readonly string[] | null;
  /** Inside a branch or loop: what is set there may also not be set. */
  isUncertain: boolean;
};

/** More possibilities than this become "unknown". */
const MOST_CHOICES = 16;

export function createState(world: { readonly cwd: string; readonly home: string }): ShellState {
  return {
    variables: new Map(knownVariables(world.home)),
    references: new Map(),
    functions: new Map(),
    aliases: new Map(),
    files: new Map(),
    foreignFolders: new Set(),
    cwds: [world.cwd],
    previous: [world.cwd],
    positional: [],
    isUncertain: false,
  };
}

const knownVariables = (home: string): [string, string[]][] => [
  ['HOME', [home]],
  ['USER', [baseName(home)]],
  ['LOGNAME', [baseName(home)]],
  ['SHELL', ['/bin/bash']],
  ['BASH', ['/bin/bash']],
  ['PATH', ['/usr/local/bin:/usr/bin:/bin']],
  ['IFS', [' \t\n']],
  ['TMPDIR', ['/tmp']],
  ['UID', ['1000']],
  ['EUID', ['1000']],
  ['PPID', [PARENT_PROCESS]],
  ['0', [OWN_PROGRAM]],
  ['-', ['hB']],
  ['#', ['0']],
  ['?', ['0']],
  ['$', [OWN_PROCESS]],
];

/** Stand-ins for process numbers, so that rules can name them. */
export const PARENT_PROCESS = 'parent-process';
export const OWN_PROCESS = 'own-process';
/** `$0`: whoever runs it runs itself again. */
export const OWN_PROGRAM = 'own-program';

/** A subshell starts from a copy, and what it changes is lost. */
export const forkState = (state: ShellState): ShellState => ({
  ...state,
  variables: new Map(state.variables),
  references: new Map(state.references),
  functions: new Map(state.functions),
  aliases: new Map(state.aliases),
});

export function setVariable(state: ShellState, given: string, values: readonly string[]): void {
  const name = nameBehind(state, given);
  const before = state.isUncertain ? (state.variables.get(name) ?? ['']) : [];
  state.variables.set(name, atMost([...before, ...values], MARK.unknown));
}

/** References lead on to references, but not for ever. */
const MOST_REFERENCES = 8;

export function nameBehind(state: ShellState, name: string): string {
  let at = name;
  for (let i = 0; i < MOST_REFERENCES; i += 1) at = state.references.get(at) ?? at;
  return at;
}

export function changeFolder(state: ShellState, folders: readonly string[]): void {
  const before = state.isUncertain ? state.cwds : [];
  state.previous = state.cwds;
  state.cwds = atMost([...before, ...folders], MARK.unknown);
}

export function atMost(values: readonly string[], else_: string): readonly string[] {
  const distinct = [...new Set(values.map(bounded))];
  return distinct.length > MOST_CHOICES ? [else_] : distinct;
}

/** Runs `body` where it is not sure that it will run at all. */
export function uncertainly(state: ShellState, body: () => void): void {
  const before = state.isUncertain;
  state.isUncertain = true;
  body();
  state.isUncertain = before;
}
