import {
  type FlagSpec,
  type OperandRole,
  type Program,
  type ProgramSpec,
  ROLES,
  type Role,
} from './program-spec.ts';

export type ProgramTable = {
  find(name: string): Program | null;
  /** The entry of a subcommand; what it does not say itself it has from its parent. */
  findUnder(parent: Program, name: string): Program | null;
};

/** Entries are read when they are first asked for: a command uses few of several hundred. */
export function createProgramTable(specs: Readonly<Record<string, ProgramSpec>>): ProgramTable {
  const byName = new Map<string, ProgramSpec>();
  for (const [names, spec] of Object.entries(specs)) {
    for (const name of words(names)) byName.set(name, spec);
  }
  const ready = new Map<string, Program | null>();
  const indexes = new Map<ProgramSpec, ReadonlyMap<string, ProgramSpec>>();
  const read = (key: string, make: () => Program | null): Program | null => {
    const known = ready.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (ready.size < MOST_READY) ready.set(key, made);
    return made;
  };
  const find = (name: string): Program | null =>
    read(name, () => {
      const spec = byName.get(name);
      return spec === undefined ? null : compileProgram(name, inherit(spec, byName));
    });
  return {
    find: (name) => find(name) ?? findUnversioned(name, find),
    findUnder: (parent, name) =>
      read(`${parent.name}\0${name}`, () => {
        const index = indexes.get(parent.spec) ?? indexSubcommands(parent.spec);
        indexes.set(parent.spec, index);
        const spec = index.get(name);
        return spec === undefined
          ? null
          : compileProgram(`${parent.name} ${name}`, inherit(spec, byName));
      }),
  };
}

/** Names come from commands: what is remembered of them is bounded. */
const MOST_READY = 2_000;

/** `python3.11` and `gcc-12` are `python` and `gcc`. */
function findUnversioned(name: string, find: (name: string) => Program | null): Program | null {
  const plain = name.replace(/[-.]?\d+(\.\d+)*$/, '');
  return plain === name || plain === '' ? null : find(plain);
}

/** Subcommands by each of their names. */
function indexSubcommands({ subcommands }: ProgramSpec): ReadonlyMap<string, ProgramSpec> {
  const index = new Map<string, ProgramSpec>();
  for (const [names, spec] of Object.entries(subcommands ?? {})) {
    for (const name of words(names)) index.set(name, spec);
  }
  return index;
}

function inherit(spec: ProgramSpec, byName: ReadonlyMap<string, ProgramSpec>): ProgramSpec {
  if (spec.like === undefined) return spec;
  const base = byName.get(spec.like);
  if (base === undefined) return spec;
  const flags = `${base.flags ?? ''} ${spec.flags ?? ''}`;
  return { ...(base.like === undefined ? base : inherit(base, byName)), ...spec, flags };
}

function compileProgram(name: string, spec: ProgramSpec): Program {
  return {
    name,
    spec,
    flags: readFlags(words(spec.flags ?? '').flatMap((word) => readFlag(word, spec))),
    operands: words(spec.operands ?? '').map(readOperand),
    firstUnless: new Set(words(spec.firstUnless ?? '')),
    looks: new Set(words(spec.looks ?? '')),
    asks: new Set(words(spec.asks ?? '')),
    tree: new Set(words(spec.tree ?? '')),
    endsAfter: new Set(words(spec.endsAfter ?? '')),
    namesWith: new Set(words(spec.namesWith ?? '')),
  };
}

/** A flag that is listed with a value and without may take one. */
function readFlags(
  listed: readonly (readonly [string, FlagSpec])[],
): ReadonlyMap<string, FlagSpec> {
  const flags = new Map<string, FlagSpec>();
  for (const [name, flag] of listed) {
    const before = flags.get(name)?.takes;
    const isBoth = before !== undefined && before !== flag.takes;
    const valued = flag.takes === 'nothing' ? (flags.get(name) ?? flag) : flag;
    flags.set(name, isBoth && valued.takes === 'value' ? { ...valued, takes: 'maybe' } : valued);
  }
  return flags;
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/**
 * `-abc` is three letters, `-o=write` a flag with a file, `--color=?` one that may have a value,
 * `-I=+read` one whose value may stand in the same word though words begin with one dash.
 */
function readFlag(word: string, spec: ProgramSpec): readonly (readonly [string, FlagSpec])[] {
  const at = word.indexOf('=');
  const name = at < 0 ? word : word.slice(0, at);
  const value = at < 0 ? '' : word.slice(at + 1);
  if (at < 0) {
    const isCluster = /^-[^-]{2,}$/.test(name) && spec.style !== 'long' && name !== '-#';
    const names = isCluster ? [...name.slice(1)].map((letter) => `-${letter}`) : [name];
    return names.map((each) => [each, { name: each, takes: 'nothing', role: 'text' }]);
  }
  const takes = value.startsWith('?') ? 'attached' : value.startsWith('+') ? 'joined' : 'value';
  const role = value.replace(/^[?+]/, '');
  return [[name, { name, takes, role: role === '' ? 'text' : (role as Role) }]];
}

const readOperand = (word: string): OperandRole => ({
  role: word.replace('...', '') as Role,
  isRest: word.endsWith('...'),
});

/** Words of a table that mean nothing, for the loader to complain about. */
export function problemsOf(name: string, spec: ProgramSpec): readonly string[] {
  const own = compileProgram(name, spec);
  const roles = [
    ...[...own.flags.values()].map((flag) => flag.role),
    ...own.operands.map((o) => o.role),
  ];
  const known: readonly string[] = ROLES;
  const problems = roles
    .filter((role) => !known.includes(role))
    .map((role) => `unknown role ${role}`);
  // Where the first operand decides, it must be certain which one that is.
  const isOrdered =
    spec.stops === true || spec.wraps !== undefined || spec.subcommands !== undefined;
  const unclear = [...own.flags.values()]
    .filter(({ takes }) => isOrdered && takes === 'maybe')
    .map(({ name: flag }) => `${flag} is listed with a value and without`);
  const inner = Object.entries(spec.subcommands ?? {}).flatMap(([sub, subSpec]) =>
    problemsOf(`${name} ${sub}`, subSpec),
  );
  return [...problems, ...unclear, ...inner];
}
