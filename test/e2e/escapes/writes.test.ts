import {
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  canBeOrdinary,
  newVictim,
  newWord,
  PYTHON,
  rungsHere,
  type User,
} from '../../support/escape-lab.ts';
import { treeHash } from '../../support/tree-hash.ts';

const RUNGS = await rungsHere();
const SHARED = ['/tmp', '/var/tmp', '/dev/shm', '/usr', '/etc', '/run'];
const strong = RUNGS.filter((rung) => rung === 'L3' || rung === 'L2');
const weak = RUNGS.filter((rung) => rung === 'L1' || rung === 'L0');

function newGround(user: User) {
  const word = newWord('write');
  // Without a cage it finds other processes, and what lies beside those.
  const victim = newVictim({ user, outside: word });
  const { outside, project, bring, bare } = victim;
  victim.put(`${word}/file`, 'theirs\n');
  victim.put(`${word}/other`, 'theirs too\n');
  victim.put(`${word}/linked`, 'theirs, with two names\n');
  linkSync(join(outside, 'linked'), join(project, 'hard'));
  symlinkSync(outside, join(project, 'link-out'));
  symlinkSync(join(outside, 'file'), join(project, 'link-file'));
  bring('write-outside.py');
  victim.settle();
  const words = [PYTHON ?? '', 'write-outside.py', outside, word];
  const shared = () =>
    SHARED.filter(existsSync).flatMap((folder) =>
      readdirSync(folder).filter((name) => name.includes(word)),
    );
  const times = () => ['file', 'other'].map((name) => lstatSync(join(outside, name)).mtimeMs);
  onTestFinished(() => {
    for (const folder of SHARED) rmSync(join(folder, `${word}-shared`), { force: true });
  });
  return { ...victim, words, shared, times, control: () => bare(words) };
}

describe.each([
  { user: 'self' as const, isHere: true },
  { user: 'ordinary' as const, isHere: canBeOrdinary },
])('writing beside the workspace, as $user', ({ user, isHere }) => {
  const canRun = isHere && PYTHON !== null;

  it.skipIf(!canRun)('is what the program can do without a cage', async () => {
    const { outside, control, shared } = newGround(user);
    const before = treeHash(outside);
    const { out } = await control();
    expect(treeHash(outside)).not.toBe(before);
    for (const way of ['absolute', 'dotdot', 'link made before', 'link made here', 'truncate']) {
      expect(out.split('\n')).toContain(way);
    }
    expect(shared().length).toBeGreaterThan(2);
  });

  it.skipIf(!canRun).each(strong)('comes to nothing on %s', async (rung) => {
    const { outside, project, words, attack, shared, times } = newGround(user);
    const [before, ours, then] = [treeHash(outside), treeHash(project), times()];
    const { data, raw } = await attack(rung, words);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(treeHash(outside), data.stdout).toBe(before);
    expect(times()).toEqual(then);
    expect(shared()).toEqual([]);
    expect(treeHash(project)).toBe(ours);
  });

  it.skipIf(!canRun).each(weak)(
    'is not kept by %s, which says so, and yet the workspace stays',
    async (rung) => {
      const { outside, project, words, attack } = newGround(user);
      rmSync(join(project, 'hard'));
      const [before, ours] = [treeHash(outside), treeHash(project)];
      const { data, raw } = await attack(rung, words);
      expect(data, raw).toMatchObject({ rung, exitCode: 0 });
      expect(treeHash(outside)).not.toBe(before);
      expect(treeHash(project)).toBe(ours);
    },
  );

  it.skipIf(!isHere).each(RUNGS)(
    'through a name of the workspace ends there on %s',
    async (rung) => {
      const { attack, outside, project } = newGround(user);
      const { data } = await attack(rung, ['sh', '-c', 'echo changed > hard; chmod 777 hard']);
      expect(data).toMatchObject({ exitCode: 0 });
      expect(readFileSync(join(outside, 'linked'), 'utf8')).toBe('theirs, with two names\n');
      expect(lstatSync(join(outside, 'linked')).mode & 0o777).toBe(0o644);
      writeFileSync(join(project, 'hard'), 'by hand\n');
      expect(readFileSync(join(outside, 'linked'), 'utf8')).toBe('by hand\n');
    },
  );
});

describe('the workspace itself', () => {
  const script = (real: string) =>
    [
      `unshare -Urm sh -c 'umount -l "$1"; mount --bind / /mnt; echo hacked > "$1/theirs.txt"; echo hacked > "/mnt$1/theirs.txt"' sh "${real}"`,
      `for p in /proc/[0-9]*; do echo hacked > "$p/root${real}/theirs.txt"; echo hacked > "$p/cwd/theirs.txt"; done`,
      `umount -l "${real}"; echo hacked > "${real}/theirs.txt"; rm -rf "${real}"/.[a-z]* "${real}"/*`,
      'true',
    ].join('\n');

  it.each(RUNGS)('is not reached below its view on %s', async (rung) => {
    const victim = newVictim();
    const { project, attack } = victim;
    victim.put('project/theirs.txt', 'theirs\n');
    victim.put('project/below/more.txt', 'more\n');
    writeFileSync(join(project, 'try.sh'), script(project));
    const before = treeHash(project);
    const { data, raw } = await attack(rung, ['sh', 'try.sh']);
    expect(data, raw).toMatchObject({ exitCode: 0 });
    expect(data.changes.length).toBeGreaterThan(0);
    expect(treeHash(project)).toBe(before);
  });
});
