import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openForWriting } from '../../src/adapters/sqlite/open-database.ts';
import type { Exchange } from '../../src/core/models/exchange.ts';
import { readScript } from '../../src/core/models/script.ts';
import { outline, whole } from '../support/author-lab.ts';
import { startOllama } from '../support/fake-ollama.ts';
import { habitOf } from '../support/habit-sample.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { ServerOptions } from '../support/ollama/scripted-server.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { SHOP, writeFiles } from '../support/shop.ts';
import { waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const FIRST = 'The cart rounds each price to cents (src/cart.ts:3).';
const SECOND = 'The invoice rounds only the sum (src/invoice.ts:3).';
const ROUNDED = `${SHOP['src/invoice.ts']}// rounded\n`;

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

async function begin(options: ServerOptions = {}) {
  const ollama = await startOllama({
    script: [{ reply: { says: FIRST } }, { reply: { says: SECOND } }],
    ...options,
  });
  const person = newPerson();
  writeFiles(person.project, SHOP);
  const env = { OLLAMA_HOST: ollama.host };
  const json = async (...args: readonly string[]) => {
    const ended = await person.run([...args, '--json'], { env });
    return { ...ended, data: JSON.parse(ended.stdout) };
  };
  /** Without the server: its host answers nobody. */
  const offline = (...args: readonly string[]) => person.json(args);
  const talk = async (...questions: readonly string[]) => {
    await json('mode', 'chat');
    for (const question of questions) await json('ask', question, '--continue');
    const [{ id }] = (await json('sessions')).data;
    return id as string;
  };
  const workspaces = join(person.home, 'state', 'tinycode', 'workspaces');
  const state = () => join(workspaces, readdirSync(workspaces)[0] as string);
  return { ollama, person, env, json, offline, talk, state };
}

async function openTerminal({
  person,
  env,
}: Pick<Awaited<ReturnType<typeof begin>>, 'person' | 'env'>): Promise<Pty> {
  const pty = startPty(process.execPath, [PROGRAM], {
    cwd: person.project,
    env: { ...person.env, ...env },
  });
  running.add(pty);
  await pty.waitFor('the model', (screen) => screen.includes('tiny'));
  await waitForInk(pty);
  return pty;
}

describe('sessions replay', () => {
  it('asks with the window that was learned of the model then', async () => {
    const { ollama, person, talk, offline } = await begin();
    const { digest } = fakeModel('tiny');
    const folder = join(person.home, 'state', 'tinycode', 'models');
    mkdirSync(folder, { recursive: true });
    const learned = join(folder, `${digest}.json`);
    writeFileSync(learned, JSON.stringify(habitOf(digest, { contextTokens: 12_288 })));
    const id = await talk('where do we round prices?');
    expect(ollama.chats().at(-1)?.body).toMatchObject({ options: { num_ctx: 12_288 } });
    rmSync(learned);
    await ollama.close();
    const again = await offline('sessions', 'replay', id);
    expect(again.data).toMatchObject({ same: true, turns: [{ requests: { 'other-words': 0 } }] });
  });

  it('plays questions again without a server, word for word, and opens no socket', async () => {
    const { ollama, person, talk, offline } = await begin();
    const id = await talk('where do we round prices?', 'and why is the invoice other?');
    const asked = ollama.requests.length;
    await ollama.close();
    const log = join(person.root, 'sockets');
    const hook = pathToFileURL(join(import.meta.dirname, '../support/watch-sockets.mjs'));
    const env = { NODE_OPTIONS: `--import=${hook}`, WATCH_SOCKETS_FILE: log };
    const { code, stdout, stderr } = await person.run(['sessions', 'replay', id], { env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(FIRST);
    expect(stdout).toContain(SECOND);
    expect(stdout).toContain('All 2 came out the same.');
    expect(readFileSync(log, 'utf8').trim()).toBe('watching');
    expect(ollama.requests).toHaveLength(asked);
    const again = await offline('sessions', 'replay', id);
    expect(again.data).toMatchObject({
      session: id,
      same: true,
      turns: [
        { turn: 1, same: true, requests: { missing: 0, 'other-words': 0 } },
        { turn: 2, same: true, before: { answers: [SECOND] }, now: { answers: [SECOND] } },
      ],
    });
    expect((await offline('sessions', 'replay', id)).stdout).toBe(again.stdout);
  });

  it('says where the files of today make another request, and ends with 1', async () => {
    const { person, talk, offline } = await begin();
    const id = await talk('where do we round prices?', 'and why is the invoice other?');
    writeFiles(person.project, { 'src/cart.ts': '// roundPrice is gone\n' });
    const { code, data } = await offline('sessions', 'replay', id, '--turn', '1');
    expect(code).toBe(1);
    expect(data.turns).toHaveLength(1);
    expect(data).toMatchObject({
      same: false,
      turns: [{ requests: { 'other-words': 1 }, now: { answers: [FIRST] } }],
    });
    expect(data.turns[0].differences.join()).toContain(
      'Asked with other words than then: 1 request.',
    );
    expect(data.turns[0].differences.join()).toContain('differs at messages[1].content');
  });

  it('plays plans again and compares their hashes; nothing of them is kept', async () => {
    const { person, json, offline } = await begin({
      script: [
        { reply: outline({ kind: 'edit', path: 'src/invoice.ts', why: 'round it' }) },
        { reply: whole('src/invoice.ts', ROUNDED) },
      ],
    });
    const planned = await json('plan', 'round the invoice as the cart does', '--mode', 'propose');
    expect(planned.code).toBe(0);
    const [{ id }] = (await json('sessions')).data;
    const before = (await offline('plan', 'list')).stdout;
    const audit = (await person.run(['audit', 'export', '--json'])).stdout;
    const { code, data } = await offline('sessions', 'replay', id);
    expect(data).toMatchObject({
      same: true,
      turns: [
        { now: { planHash: planned.data.plan.hash }, requests: { same: expect.any(Number) } },
      ],
    });
    expect(code).toBe(0);
    expect((await offline('plan', 'list')).stdout).toBe(before);
    expect((await person.run(['audit', 'export', '--json'])).stdout).toBe(audit);
    expect((await offline('sessions')).data).toHaveLength(1);
  });

  it('plays a terminal session, a failure and a stop included, with what the client had learned', async () => {
    const { person, env, offline } = await begin({
      models: [fakeModel('tiny')],
      script: [
        { reply: { says: FIRST } },
        { reply: { says: 'It begins well', fault: { kind: 'cut', after: 3 } } },
        { reply: { says: 'One two three four five six.', pieceMs: 300 } },
        { reply: { says: SECOND } },
      ],
    });
    const pty = await openTerminal({ person, env });
    pty.type('/models\r');
    await pty.waitFor('the models', (screen) => /tiny:latest +2\.0 GB/.test(screen));
    pty.type('where do we round prices?\r');
    await pty.waitFor('the first', (screen) => screen.includes('cart.ts:1-4'));
    pty.type('hi\r');
    await pty.waitFor('the failure', (screen) => /It begins[\s\S]*✗ model/.test(screen));
    pty.type('count\r');
    await pty.waitFor('words', (screen) => screen.includes('One two three'));
    pty.type('\x03');
    await pty.waitFor('the stop', (screen) => /cancelled/.test(screen));
    pty.type('and the invoice?\r');
    await pty.waitFor('the second', (screen) => screen.includes('The invoice rounds'));
    pty.type('/quit\r');
    expect(await pty.exitCode()).toBe(0);
    const [{ id }] = (await offline('sessions')).data;
    const { code, data } = await offline('sessions', 'replay', id);
    expect(data.turns.map(({ differences }: { differences: unknown }) => differences)).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(data.turns.map(({ now }: { now: { outcome: string } }) => now.outcome)).toEqual([
      'done',
      'model',
      'cancelled',
      'done',
    ]);
    expect(code).toBe(0);
  });

  it('says that talks of the session had to go', async () => {
    const { talk, offline, state } = await begin();
    const id = await talk('where do we round prices?');
    const db = openForWriting(join(state(), 'talks.db'));
    if (!db.ok) throw new Error(db.error.message);
    db.value.prepare('INSERT INTO given_up VALUES (?, 3)').run(id);
    db.value.close();
    expect(await offline('sessions', 'replay', id)).toMatchObject({
      code: 0,
      data: { givenUp: 3, turns: [{ same: true }] },
    });
  });

  it('takes as long as it took then, when it is asked to', async () => {
    const { talk, offline } = await begin({
      script: [{ reply: { says: FIRST, firstMs: 900 } }],
    });
    const id = await talk('where do we round prices?');
    const timed = async (...more: readonly string[]) => {
      const started = performance.now();
      expect((await offline('sessions', 'replay', id, ...more)).code).toBe(0);
      return performance.now() - started;
    };
    const [slow, fast] = [await timed('--speed', '1'), await timed()];
    expect(slow).toBeGreaterThan(900);
    expect(slow).toBeGreaterThan(fast);
  });

  it('says that there is nothing to play, or no such turn', async () => {
    const { talk, offline } = await begin();
    const id = await talk();
    expect(await offline('sessions', 'replay', id)).toMatchObject({
      code: 1,
      data: { error: { code: 'not-found' } },
    });
    const other = await talk('where do we round prices?');
    const { data } = await offline('sessions', 'replay', other, '--turn', '2');
    expect(data.error.message).toContain('The last turn');
  });
});

describe('what is kept of a talk', () => {
  it('holds no secret of the question, of a file or of the answer, and lies open to nobody else', async () => {
    const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
    const { person, talk, offline, state } = await begin({
      script: [{ reply: { says: `It is ${token}, said in pieces.`, pieceMs: 1 } }],
    });
    writeFiles(person.project, { 'src/key.ts': `// round price ${token}\n` });
    const id = await talk(`is ${token} in @src/key.ts?`);
    const names = readdirSync(state()).filter((name) => name.startsWith('talks.db'));
    expect(names).toContain('talks.db');
    for (const name of names) {
      const path = join(state(), name);
      expect(statSync(path).mode & 0o077).toBe(0);
      expect(readFileSync(path, 'latin1')).not.toContain(token.slice(6, 30));
    }
    const { stdout } = await offline('sessions', 'export', id, '--exchanges');
    expect(stdout).not.toContain(token.slice(6, 30));
    expect(stdout).toContain('[redacted:github-token]');
    // The request is compared without its secrets, so it is still the same.
    const { data } = await offline('sessions', 'replay', id);
    expect(data).toMatchObject({ same: true, turns: [{ requests: { 'other-words': 0 } }] });
  });

  it('is not there for a headless look', async () => {
    const { json, person } = await begin();
    await json('ask', 'where do we round prices?');
    expect(readdirSync(person.home)).not.toContain('state');
  });

  it('goes with its session', async () => {
    const { talk, json, offline, state } = await begin();
    const id = await talk('where do we round prices?');
    expect((await json('sessions', 'delete', id)).code).toBe(0);
    for (const name of readdirSync(state()).filter((each) => each.startsWith('talks.db'))) {
      expect(readFileSync(join(state(), name), 'latin1')).not.toContain('where do we round');
    }
    expect((await offline('sessions', 'export', id, '--exchanges')).code).not.toBe(0);
  });

  it('stays after a kill, all but the answer that was being written', async () => {
    const { person, env, offline } = await begin({
      script: [{ reply: { says: FIRST } }, { reply: { says: SECOND, pieceMs: 400 } }],
    });
    const pty = await openTerminal({ person, env });
    pty.type('where do we round prices?\r');
    await pty.waitFor('the first', (screen) => screen.includes('cart.ts:1-4'));
    pty.type('and the invoice?\r');
    await pty.waitFor('words', (screen) => screen.includes('The invoice'));
    pty.kill('SIGKILL');
    await pty.exitCode();
    const [{ id }] = (await offline('sessions')).data;
    const { code, data } = await offline('sessions', 'replay', id);
    expect(data.turns).toMatchObject([{ same: true }]);
    expect(code).toBe(0);
  });

  it('is not written while somebody waits for an answer', async () => {
    const { person, env, state } = await begin({
      script: [{ reply: { says: FIRST, firstMs: 1500 } }],
    });
    const pty = await openTerminal({ person, env });
    pty.type('where do we round prices?\r');
    await pty.waitFor('reading', (screen) => /reading \d+ tokens/.test(screen));
    expect(readdirSync(state())).not.toContain('talks.db');
    await pty.waitFor('the end', (screen) => screen.includes('cart.ts:1-4'));
    await expect.poll(() => readdirSync(state())).toContain('talks.db');
  });

  it('does not stop a talk where it cannot be written, which is said once', async () => {
    const { talk, json, person, env, state } = await begin({
      script: [{ reply: { says: FIRST }, times: 0 }],
    });
    await talk();
    writeFileSync(join(state(), 'talks.db'), 'no database at all '.repeat(500));
    chmodSync(join(state(), 'talks.db'), 0o600);
    const asked = await person.run(['ask', 'where do we round prices?', '--continue'], { env });
    expect(asked.code).toBe(0);
    expect(asked.stdout).toContain(FIRST);
    expect(asked.stderr.match(/not kept/g)).toHaveLength(1);
    expect((await json('ask', 'hi', '--continue')).code).toBe(0);
  });

  it('is exported as a script that is read, and that a server plays: the same is answered', async () => {
    const { talk, offline } = await begin();
    const questions = ['where do we round prices?', 'and why is the invoice other?'];
    const id = await talk(...questions);
    const { data } = await offline('sessions', 'export', id, '--exchanges');
    expect(readScript(data)).toMatchObject({ ok: true });
    const script = (data as readonly Exchange[])
      .filter(({ request }) => request.path === '/api/chat')
      .map(({ request, reply }) => ({ when: request, reply }));
    expect(script.length).toBeGreaterThan(1);
    const second = await begin({ script });
    await second.talk(...questions);
    const answers = second.ollama.chats().map(({ body }) => body?.messages);
    expect(answers).toHaveLength(2);
    const [{ id: other }] = (await second.json('sessions')).data;
    const events = (await second.json('sessions', 'export', other)).data.events;
    const turns = events.filter(({ kind }: { kind: string }) => kind === 'turn.made');
    expect(turns.map(({ turn }: { turn: { answer: string } }) => turn.answer)).toEqual([
      FIRST,
      SECOND,
    ]);
  });
});
