import { afterEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/core/types.ts';
import { outline, whole } from '../support/author-lab.ts';
import { startOllama } from '../support/fake-ollama.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { Fault, Reply, Spoken } from '../support/ollama/spoken.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { SHOP, writeFiles } from '../support/shop.ts';
import { CTRL_C, CTRL_D, shown, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

type Person = ReturnType<typeof newPerson>;
type Door = {
  readonly person: Person;
  readonly pty: Pty;
  readonly mode: string;
  readonly columns: number;
};

const CTRL_L = '\x0c';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

function newShop(): Person {
  const person = newPerson();
  writeFiles(person.project, SHOP);
  return person;
}

async function open(
  host: string,
  { person = newShop(), mode = 'chat', columns = 80 }: Partial<Omit<Door, 'pty'>> = {},
): Promise<Door> {
  const env = { ...person.env, OLLAMA_HOST: host };
  const args = [PROGRAM, '--mode', mode];
  const pty = startPty(process.execPath, args, { columns, cwd: person.project, env });
  running.add(pty);
  await pty.waitFor('the model', (screen) => screen.includes('tiny'));
  await waitForInk(pty);
  return { person, pty, mode, columns };
}

/** The screen from the last line that was entered, its rows joined to sentences. */
const saidIn = ({ pty, mode }: Door): string => {
  const rows = shown(pty).slice(0, -2);
  const from = rows.findLastIndex((row) => row.startsWith(`${mode} › `));
  return rows.slice(Math.max(0, from)).join(' ').replace(/\s+/g, ' ').trim();
};

/**
 * The prompt stands there as before the question, nothing of what was live is left, and it takes
 * keys.
 */
async function expectPrompt(door: Door): Promise<void> {
  const { pty, mode, columns } = door;
  const isLive = (row: string): boolean => /[⠁-⣿]|Ctrl\+C stops|waiting:/.test(row);
  await pty.waitFor('the prompt alone', () => {
    const rows = shown(pty);
    return rows.at(-2) === `${mode} ›` && !rows.some(isLive);
  });
  const rows = shown(pty);
  expect(rows.at(-1)).toMatch(new RegExp(`^${mode} · standard · `));
  expect(rows.filter((row) => row === `${mode} ›`)).toHaveLength(1);
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
  pty.type('abc');
  await pty.waitFor('the keys', () => shown(pty).at(-2) === `${mode} › abc`);
  pty.type(CTRL_C);
  await pty.waitFor('the empty prompt', () => shown(pty).at(-2) === `${mode} ›`);
}

/** What was asked of models, as the log tells it; the log itself is whole. */
async function askedIn({ person, pty }: Door): Promise<readonly string[]> {
  pty.type(CTRL_D);
  expect(await pty.exitCode()).toBe(0);
  const { stdout } = await person.run(['audit', 'export', '--json']);
  expect((await person.json(['audit', 'verify'])).data).toMatchObject({ ok: true });
  return stdout
    .trim()
    .split('\n')
    .map((line): AuditEntry => JSON.parse(line))
    .filter(({ action }) => action === 'model.asked')
    .map(({ details: { outcome, trouble } }) =>
      trouble === undefined ? `${outcome}` : `${outcome}: ${trouble}`,
    );
}

const WORDS = 'The cart rounds each price to cents in one place.';
const broken = (fault: Fault, says = WORDS): Spoken => ({ says, fault });

const UNREAD_CALL = broken({
  kind: 'status',
  status: 500,
  error: "error parsing tool call: raw='{', err=EOF",
});

type Case = {
  readonly what: string;
  readonly replies: readonly Reply[];
  /** What the screen says of it, and what to do next. */
  readonly says: RegExp;
  readonly log: string;
};

const FAULTS: readonly Case[] = [
  {
    what: 'a model that is not there any more (404)',
    replies: [broken({ kind: 'status', status: 404, error: "model 'tiny' not found" })],
    says: /✗ model The model tiny:latest is not installed\. ollama pull tiny:latest$/,
    log: 'model: no-model',
  },
  {
    what: 'a server that cannot read what its model called (500)',
    replies: [UNREAD_CALL, { says: WORDS }],
    says: /is asked without tools\. The cart rounds each price to cents in one place\. /,
    log: 'done',
  },
  {
    what: 'a server that cannot read its model without tools either (500)',
    replies: [UNREAD_CALL, UNREAD_CALL],
    says: /✗ model The server at \S+ says: error parsing tool call: .* Ask again\./,
    log: 'model: server',
  },
  {
    what: 'a server that has too much to do (503)',
    replies: [broken({ kind: 'status', status: 503, error: 'server busy, please try again.' })],
    says: /✗ model The server has more to do than it takes on\. Wait until others are served/,
    log: 'model: busy',
  },
  {
    what: 'a redirect',
    replies: [broken({ kind: 'redirect', to: 'http://127.0.0.1:9/' })],
    says: /✗ model What answers at \S+ says a redirect, which is not followed\. Check OLLAMA_HOST/,
    log: 'model: not-ollama',
  },
  {
    what: 'an error in the middle',
    replies: [broken({ kind: 'error', after: 3, error: 'CUDA error: out of memory' })],
    says: /✗ model There is not enough memory for tiny:latest\. Use a smaller model/,
    log: 'model: server',
  },
  {
    what: 'an end without an end',
    replies: [broken({ kind: 'end', after: 3 })],
    says: /✗ model The answer ended in the middle, and the server does not say why\. Ask again\./,
    log: 'model: cut',
  },
  {
    what: 'a server that is gone between two tokens',
    replies: [broken({ kind: 'cut', after: 3 })],
    says: /✗ model The server at \S+ closed the connection in the middle\. Ask again\./,
    log: 'model: cut',
  },
  {
    what: 'a line that is JSON and breaks off',
    replies: [broken({ kind: 'garbage', after: 3, line: '{"model":"tiny","message":{"con' })],
    says: /✗ model The server sends a line that is no JSON\. Ask again\./,
    log: 'model: malformed',
  },
  {
    what: 'a line that is no JSON at all',
    replies: [broken({ kind: 'garbage', after: 3, line: '<html>502 Bad Gateway</html>' })],
    says: /✗ model The server sends a line that is no JSON\. Ask again\./,
    log: 'model: malformed',
  },
  {
    what: 'a model that goes in circles',
    replies: [broken({ kind: 'repeat' }, 'and so on ')],
    says: /✗ model The model said the same again and again, and was stopped\. Ask in other words/,
    log: 'model: repetition',
  },
  {
    what: 'an answer of no words',
    replies: [{ says: '' }, { says: '' }],
    says: /✗ model The model said nothing\. Ask in other words/,
    log: 'model: empty',
  },
  {
    what: 'an answer that breaks off where the window is full',
    replies: [{ says: WORDS, reason: 'length' }],
    says: /The answer breaks off here: the window is full\. Ask for a part of it/,
    log: 'broken-off',
  },
];

const IS_BEGUN: readonly string[] = ['error', 'end', 'cut', 'garbage'];
const beginsWell = ({ replies: [first] }: Case): boolean =>
  first !== undefined &&
  'fault' in first &&
  first.fault !== undefined &&
  IS_BEGUN.includes(first.fault.kind);

async function goThrough(door: Door, { what, says }: Case, question: string): Promise<void> {
  door.pty.type(`${question}\r`);
  const asked = `${door.mode} › ${question} `;
  await door.pty.waitFor(what, () => {
    const said = saidIn(door);
    return said.startsWith(asked) && says.test(said);
  });
  await expectPrompt(door);
}

describe('whatever goes wrong with an answer', () => {
  it.each([80, 40])('is said, and the prompt is there again, in %d columns', async (columns) => {
    const ollama = await startOllama({
      script: [
        ...FAULTS.flatMap(({ replies }) => replies.map((reply) => ({ reply }))),
        { reply: { says: 'All is well.' } },
      ],
    });
    const door = await open(ollama.host, { columns });
    for (const [at, one] of FAULTS.entries()) {
      await goThrough(door, one, `how is a price rounded, ${at}?`);
      // What was written is kept, once, above what went wrong.
      if (beginsWell(one)) expect(saidIn(door).match(/The cart rounds/g)).toHaveLength(1);
    }
    door.pty.type('and now?\r');
    await door.pty.waitFor('an answer', () => saidIn(door).includes('All is well.'));
    await expectPrompt(door);
    expect(await askedIn(door)).toEqual([...FAULTS.map(({ log }) => log), 'done']);
  });

  it('is a request that an older server has cut without a word', async () => {
    const ollama = await startOllama({
      models: [fakeModel('tiny', { contextLength: 1024 })],
      isSilentlyTruncating: true,
      script: [{ reply: { says: WORDS, promptTokens: 3 }, times: 0 }],
    });
    const door = await open(ollama.host);
    door.pty.type(`${'round this price, '.repeat(90)}\r`);
    const says =
      /The server read only 3 tokens of the request and left the rest out\. Ask for less/;
    await door.pty.waitFor('the loss', () => says.test(saidIn(door)));
    await expectPrompt(door);
    expect(await askedIn(door)).toEqual(['model: window']);
  });
});

const EDIT = outline({ kind: 'edit', path: 'src/cart.ts', why: 'round up' });
const FILE = whole('src/cart.ts', 'export const roundPrice = Math.ceil;\n') as Spoken;
const twice = (reply: Reply): readonly Reply[] => [reply, reply];

const PLAN_FAULTS: readonly Case[] = [
  ...FAULTS.filter(({ what }) => /\(404\)|\(503\)/.test(what)),
  {
    what: 'a server that speaks of a call (500)',
    replies: [UNREAD_CALL],
    says: /✗ model The server at \S+ says: error parsing tool call: .* Ask again\./,
    log: 'model: server',
  },
  {
    what: 'a schema that is ignored',
    replies: twice({ says: 'Sure! I would edit src/cart.ts.' }),
    says: /asked for again: .*✗ model The model did not answer in the form that it was asked for\. Ask again/,
    log: 'model: no-json',
  },
  {
    what: 'JSON of another form',
    replies: twice({ json: { plan: 'edit it' } }),
    says: /✗ model The answer has another form than it was asked for: \$\.goal is missing\. Ask again/,
    log: 'model: schema',
  },
  {
    what: 'JSON that breaks off',
    replies: twice({ says: '{"goal":"x","steps":[{"kind":"ed', reason: 'length' }),
    says: /✗ model The answer breaks off in the middle of its JSON\. Give the answer more room/,
    log: 'model: cut-json',
  },
  {
    what: 'an outline in the middle of which the server is gone',
    replies: [{ ...(EDIT as Spoken), fault: { kind: 'cut', after: 5 } }],
    says: /✗ model The server at \S+ closed the connection in the middle\. Ask again\./,
    log: 'model: cut',
  },
  {
    what: 'an edit that ends without an end',
    replies: [EDIT, { ...FILE, fault: { kind: 'end', after: 3 } }],
    says: /wants to: edit src\/cart\.ts\. ✗ model The answer ended in the middle/,
    log: 'model: cut',
  },
  {
    what: 'an edit that goes in circles',
    replies: [EDIT, ...twice(broken({ kind: 'repeat' }, 'and so on '))],
    says: /✗ failed Nothing of what tiny:latest wants could be planned\. .* again and again/,
    log: 'failed',
  },
];

describe('whatever goes wrong with a plan', () => {
  it('is said, nothing of it is kept, and the prompt is there again', async () => {
    const ollama = await startOllama({
      script: [...PLAN_FAULTS.flatMap(({ replies }) => replies), EDIT, FILE].map((reply) => ({
        reply,
      })),
    });
    const door = await open(ollama.host, { mode: 'propose' });
    for (const [at, one] of PLAN_FAULTS.entries()) {
      // Each wish is another one: what was answered once is not asked again.
      await goThrough(door, one, `the cart has to round up, ${at}`);
    }
    expect((await door.person.json(['plan', 'list'])).data).toEqual([]);
    door.pty.type('the cart has to round up\r');
    await door.pty.waitFor('a plan', () => saidIn(door).includes('looks at every change'));
    await expectPrompt(door);
    expect(await askedIn(door)).toEqual([...PLAN_FAULTS.map(({ log }) => log), 'done']);
  });
});

async function stop(door: Door, sign: RegExp): Promise<void> {
  door.pty.type('how is a price rounded?\r');
  await door.pty.waitFor(
    'the sign',
    (screen) => sign.test(screen) && /Ctrl\+C stops/.test(screen) && !/cancelled/.test(screen),
  );
  door.pty.type(CTRL_C);
  await door.pty.waitFor('the stop', () => /✗ cancelled ask was cancelled\.$/.test(saidIn(door)));
  await expectPrompt(door);
  // Only what comes now counts.
  door.pty.type(CTRL_L);
  await door.pty.waitFor('a clear screen', (screen) => !screen.includes('cancelled'));
}

describe('a person who stops it', () => {
  it('while it loads has the prompt back at once', async () => {
    const ollama = await startOllama({ models: [fakeModel('tiny', { loadMs: 60_000 })] });
    const door = await open(ollama.host);
    await stop(door, /loading tiny/);
    expect(await askedIn(door)).toEqual(['cancelled']);
  });

  it('while it reads, writes, or says nothing more, as well', async () => {
    const replies: readonly Spoken[] = [
      // As a long prompt without a GPU: no byte comes, for as long as it takes.
      { says: WORDS, firstMs: 300_000 },
      { says: WORDS.repeat(5), pieceMs: 150 },
      broken({ kind: 'stall', after: 3 }),
    ];
    const ollama = await startOllama({ script: replies.map((reply) => ({ reply })) });
    const door = await open(ollama.host);
    await stop(door, /reading [\d,]+ tokens/);
    await stop(door, /The cart[\s\S]*writing, \d+ tokens/);
    await stop(door, /The cart rounds[\s\S]*writing/);
    expect(ollama.aborted()).toBe(3);
    expect(await askedIn(door)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });
});

describe('a server', () => {
  it('that is silent for long before its first word is waited for, and then heard', async () => {
    const ollama = await startOllama({ script: [{ reply: { says: WORDS, firstMs: 3_000 } }] });
    const door = await open(ollama.host);
    door.pty.type('how is a price rounded?\r');
    await door.pty.waitFor('the wait', (screen) => /reading [\d,]+ tokens · 2\.\d s/.test(screen));
    await door.pty.waitFor('the answer', () => saidIn(door).includes('in one place.'));
    await expectPrompt(door);
    expect(await askedIn(door)).toEqual(['done']);
  });

  it('that is gone for good is said, and found again when it is back', async () => {
    const slow: Spoken = { says: WORDS.repeat(3), pieceMs: 100 };
    const first = await startOllama({ script: [{ reply: slow }] });
    const door = await open(first.host);
    door.pty.type('how is a price rounded?\r');
    await door.pty.waitFor('words', (screen) => screen.includes('The cart rounds'));
    await first.close();
    await door.pty.waitFor('the end', () =>
      /closed the connection in the middle/.test(saidIn(door)),
    );
    await door.pty.waitFor('no model', () => shown(door.pty).at(-1)?.includes('no model') === true);
    await expectPrompt(door);
    door.pty.type('and now?\r');
    await door.pty.waitFor('the refusal', () =>
      /ask cannot run now.*ollama serve/.test(saidIn(door)),
    );
    await expectPrompt(door);
    await startOllama({ port: first.port, script: [{ reply: { says: 'Here I am.' } }] });
    door.pty.type('and now?\r');
    await door.pty.waitFor('the answer', () => saidIn(door).includes('Here I am.'));
    await expectPrompt(door);
    expect(await askedIn(door)).toEqual(['model: cut', 'done']);
  });

  it('serves two TinyCodes, one after the other, and both say what they do', async () => {
    const ollama = await startOllama({
      parallel: 1,
      script: [
        { when: { mentions: ['first one'] }, reply: { says: 'To the first.', pieceMs: 400 } },
        { when: { mentions: ['second one'] }, reply: { says: 'To the second.' } },
      ],
    });
    const one = await open(ollama.host);
    const two = await open(ollama.host);
    one.pty.type('what of the first one?\r');
    await one.pty.waitFor('words', (screen) => /writing/.test(screen));
    two.pty.type('what of the second one?\r');
    await two.pty.waitFor('the wait', (screen) => /reading [\d,]+ tokens/.test(screen));
    await one.pty.waitFor('its answer', () => saidIn(one).includes('To the first.'));
    await two.pty.waitFor('its answer', () => saidIn(two).includes('To the second.'));
    for (const door of [one, two]) {
      await expectPrompt(door);
      expect(await askedIn(door)).toEqual(['done']);
    }
  });
});
