import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canBeOrdinary,
  newVictim,
  newWord,
  PYTHON,
  programAt,
  rungsHere,
  type User,
} from '../../support/escape-lab.ts';

const RUNGS = await rungsHere();
const strong = RUNGS.filter((rung) => rung === 'L3' || rung === 'L2');
const weak = RUNGS.filter((rung) => rung === 'L1' || rung === 'L0');

/** Where people keep what nobody else may know. */
const PLACES = [
  ...['.ssh/id_ed25519', '.aws/credentials', '.netrc', '.npmrc', '.git-credentials', '.pgpass'],
  ...['.config/gh/hosts.yml', '.docker/config.json', '.kube/config', '.gnupg/private-keys-v1.d/a'],
  ...['.local/share/keyrings/login.keyring', '.bash_history', '.cargo/credentials.toml'],
  ...['.local/state/tinycode/keys/k', '.config/tinycode/config.yaml.bak', '.cache/tinycode/c'],
];

type Scene = { readonly name: string; readonly home: string; readonly project: string };
const SCENES: readonly Scene[] = [
  { name: 'beside the home', home: 'home', project: 'project' },
  { name: 'in the home', home: 'home', project: 'home/code/project' },
  { name: 'that is the home', home: 'home', project: 'home' },
  { name: 'that holds the home', home: 'all/home', project: 'all' },
];

function newGround(user: User, { home, project }: Scene) {
  const victim = newVictim({ user, home, project, isPlain: true });
  const secret = newWord('secret');
  for (const place of PLACES) victim.put(`${home}/${place}`, `${secret}\n`, 0o600);
  writeFileSync(join(victim.project, 'look.py'), readFileSync(programAt('read-secrets.py')));
  victim.settle();
  const more = { env: { SERVICE_TOKEN: secret, NPM_TOKEN: secret, GITHUB_TOKEN: secret } };
  const words = [PYTHON ?? '', 'look.py', victim.home];
  return { ...victim, secret, words, more };
}

describe.each([
  { user: 'self' as const, isHere: true },
  { user: 'ordinary' as const, isHere: canBeOrdinary },
])('the secrets of a person, as $user', ({ user, isHere }) => {
  const canRun = isHere && PYTHON !== null;

  describe.skipIf(!canRun).each(user === 'self' ? SCENES : SCENES.slice(1, 3))(
    'with a workspace $name',
    (scene) => {
      it('are read by a program without a cage', async () => {
        const { bare, words, more, secret } = newGround(user, scene);
        const { out } = await bare(words, more);
        expect(out.split(secret).length).toBeGreaterThan(PLACES.length);
      });

      it.each(strong)('are out of sight on %s', async (rung) => {
        const { attack, words, more, secret } = newGround(user, scene);
        const { data, raw } = await attack(rung, words, more);
        expect(data, raw).toMatchObject({ rung, exitCode: 0 });
        expect(data.stdout).toContain('found 0');
        expect(raw).not.toContain(secret);
      });
    },
  );

  it.skipIf(!canRun).each(weak)('are not kept by %s, but those of variables are', async (rung) => {
    const { attack, words, more, secret } = newGround(user, SCENES[0] as Scene);
    const { data, raw } = await attack(rung, words, more);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(data.stdout).toContain(secret);
    expect(data.stdout).not.toContain('environ');
    expect(data.stdout).not.toContain('variable');
  });
});

describe.skipIf(PYTHON === null)('what TinyCode keeps', () => {
  it.each(strong)('in folders of another name is out of sight on %s', async (rung) => {
    const victim = newVictim({ project: 'home' });
    const secret = newWord('kept');
    await victim.tinycode(['rehearse', '--', 'true']);
    for (const folder of ['state', 'config', 'cache']) {
      victim.put(`home/${folder}/tinycode/workspaces/other/secret`, secret);
    }
    victim.bring('read-secrets.py');
    const { data, raw } = await victim.attack(rung, [PYTHON ?? '', 'read-secrets.py', '.']);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(raw).not.toContain(secret);
  });

  it.each(strong)('of other workspaces, and their views, is out of sight on %s', async (rung) => {
    const victim = newVictim();
    const other = join(victim.root, 'other');
    const secret = newWord('other');
    mkdirSync(other);
    await victim.tinycode(['rehearse', '--', 'true'], { cwd: other });
    victim.put('home/state/tinycode/workspaces/some/views/1.1.x/upper/file', secret);
    victim.bring('read-secrets.py');
    const words = [PYTHON ?? '', 'read-secrets.py', victim.home, victim.env.XDG_STATE_HOME ?? ''];
    expect((await victim.bare(words)).out).toContain(secret);
    const { data, raw } = await victim.attack(rung, words);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(raw).not.toContain(secret);
  });
});

describe.skipIf(PYTHON === null)('a home that is a link', () => {
  it.each(strong)('hides what it leads to on %s', async (rung) => {
    const victim = newVictim({ isPlain: true });
    const real = join(victim.root, 'real-home');
    renameSync(victim.home, real);
    symlinkSync(real, victim.home);
    const secret = newWord('link');
    for (const place of PLACES) victim.put(`real-home/${place}`, secret);
    victim.bring('read-secrets.py');
    const words = [PYTHON ?? '', 'read-secrets.py', `${victim.home}/`, real];
    expect((await victim.bare(words)).out).toContain(secret);
    const { data, raw } = await victim.attack(rung, words);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(raw).not.toContain(secret);
  });

  it.each(strong)('hides secrets that are links to elsewhere on %s', async (rung) => {
    const victim = newVictim({ project: 'home', isPlain: true });
    const secret = newWord('elsewhere');
    victim.put('vault/id', secret);
    victim.put('home/keys/id', secret);
    symlinkSync(join(victim.root, 'vault'), join(victim.home, '.ssh'));
    symlinkSync('keys', join(victim.home, '.aws'));
    victim.bring('read-secrets.py');
    const words = [PYTHON ?? '', 'read-secrets.py', '.ssh', '.aws', 'keys', '../vault'];
    expect((await victim.bare(words)).out).toContain(secret);
    const { data, raw } = await victim.attack(rung, words);
    expect(data, raw).toMatchObject({ rung, exitCode: 0 });
    expect(raw).not.toContain(secret);
  });
});
