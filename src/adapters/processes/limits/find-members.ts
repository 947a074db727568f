import { listProcesses, type ProcessStat, readChildren, readStat } from './read-process.ts';

/** A process of the tree. `depth` is 0 at a root. */
export type Member = ProcessStat & { readonly depth: number };

export type Search = {
  readonly roots: readonly number[];
  /** Members of earlier searches: who was one stays one, also when it has lost its parents. */
  readonly known: Iterable<Member>;
  /** Others that are known to belong to it, such as those of its cgroup. */
  readonly others: readonly number[];
  /** Where one of those stands that is found in no other way. */
  readonly depth: number;
  /** No more than so many are looked at: who counts them has seen enough then. */
  readonly most: number;
};

/**
 * All processes of a tree, parents before their children: what a child used is then missed for a
 * moment where it is just being waited for, and never counted twice.
 */
export function findMembers(search: Search): ReadonlyMap<number, Member> {
  const found = new Map<number, Member>();
  const open: { readonly stat: ProcessStat; readonly depth: number }[] = [];
  let all: ChildrenOf | null = null;

  for (const pid of search.roots) enter(readStat(pid), 0);
  walk();
  for (const member of search.known) {
    if (found.has(member.pid)) continue;
    const stat = readStat(member.pid);
    if (stat?.bornTicks === member.bornTicks) enter(stat, member.depth);
  }
  for (const pid of search.others) if (!found.has(pid)) enter(readStat(pid), search.depth);
  walk();
  return found;

  function enter(stat: ProcessStat | null, depth: number): void {
    if (stat === null || found.has(stat.pid) || found.size >= search.most) return;
    found.set(stat.pid, { ...stat, depth });
    open.push({ stat, depth });
  }

  function walk(): void {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const { stat, depth } = next;
      for (const pid of readChildren(stat) ?? searchChildren(stat.pid)) {
        if (found.size >= search.most) return;
        enter(readStat(pid), depth + 1);
      }
    }
  }

  function searchChildren(pid: number): readonly number[] {
    all ??= listChildren();
    return all(pid);
  }
}

type ChildrenOf = (pid: number) => readonly number[];

/** For kernels that do not list the children of a process: all processes are asked who theirs is. */
function listChildren(): ChildrenOf {
  const children = new Map<number, number[]>();
  for (const pid of listProcesses()) {
    const parent = readStat(pid)?.parent;
    if (parent === undefined) continue;
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [pid]);
    else known.push(pid);
  }
  return (pid) => children.get(pid) ?? [];
}
