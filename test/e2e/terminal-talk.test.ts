import { afterEach, describe, expect, it } from 'vitest';
import { startOllama } from '../support/fake-ollama.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import type { ScriptedServer, ServerOptions } from '../support/ollama/scripted-server.ts';
import type { Spoken } from '../support/ollama/spoken.ts';
import { type Pty, type PtyOptions, startPty } from '../support/pty.ts';
import { SHOP, writeFiles } from '../support/shop.ts';
import { CTRL_C, CTRL_D, shown, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

const ANSWER = `The **cart** rounds each price to cents (src/cart.ts:3).

\`\`\`ts
return Math.round(price * 100) / 100;
\`\`\`

Nothing else does.`;

async function open(
  reply: Spoken,
  options: ServerOptions = {},
  terminal: PtyOptions = {},
): Promise<{ readonly pty: Pty; readonly ollama: ScriptedServer }> {
  const ollama = await startOllama({ script: [{ reply, times: 0 }], ...options });
  const person = newPerson();
  writeFiles(person.project, SHOP);
  const env = { ...person.env, OLLAMA_HOST: ollama.host, ...terminal.env };
  const pty = startPty(process.execPath, [PROGRAM], { ...terminal, cwd: person.project, env });
  running.add(pty);
  if (terminal.env?.TERM === 'dumb') return { pty, ollama };
  await pty.waitFor('the model', (screen) => screen.includes('tiny'));
  await waitForInk(pty);
  return { pty, ollama };
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let look = 0; look < 200 && !isSo(); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(isSo()).toBe(true);
};

describe('a talk in the terminal', () => {
  it('says what the model is doing, shows what it writes, and leaves the answer as text', async () => {
    const model = fakeModel('tiny', { loadMs: 800, size: 3_200_000_000 });
    const { pty } = await open({ says: ANSWER, firstMs: 800, pieceMs: 40 }, { models: [model] });
    pty.type('where do we round prices?\r');
    await pty.waitFor('loading', (screen) => /loading tiny:latest, 3\.2 GB · \d/.test(screen));
    await pty.waitFor('reading', (screen) => /reading \d+ tokens · \d/.test(screen));
    await pty.waitFor('words', (screen) =>
      /The cart rounds[\s\S]*writing, \d+ tokens/.test(screen),
    );
    await pty.waitFor('the meter', (screen) => /context \d+ % of 8k/.test(screen));
    await pty.waitFor('the end', (screen) => /src\/cart\.ts:1-4 .* s\n/.test(screen));
    const rows = shown(pty);
    const from = rows.findIndex((row) => row.startsWith('The cart'));
    expect(rows.slice(from, from + 6)).toEqual([
      'The cart rounds each price to cents (src/cart.ts:3).',
      '',
      '  return Math.round(price * 100) / 100;',
      '',
      'Nothing else does.',
      '',
    ]);
    expect(rows.filter((row) => row.startsWith('The cart'))).toHaveLength(1);
    pty.type(CTRL_D);
    expect(await pty.exitCode()).toBe(0);
  });

  it.each<[string, Spoken, ServerOptions, RegExp]>([
    ['loading', { says: ANSWER }, { models: [fakeModel('tiny', { loadMs: 60_000 })] }, /loading/],
    ['reading', { says: ANSWER, firstMs: 60_000 }, {}, /reading/],
    ['thinking', { thinks: 'well '.repeat(99), says: 'x', pieceMs: 100 }, {}, /thinking/],
    ['writing', { says: ANSWER.repeat(9), pieceMs: 100 }, {}, /The cart/],
  ])(
    'stops at once while it is %s, and the server hears of it',
    async (_, reply, options, sign) => {
      const { pty, ollama } = await open(reply, options);
      pty.type('hi\r');
      await pty.waitFor('the sign', (screen) => sign.test(screen) && /Ctrl\+C stops/.test(screen));
      pty.type(CTRL_C);
      await pty.waitFor('the stop', (screen) => /cancelled/.test(screen));
      await pty.waitFor('the prompt', () => shown(pty).at(-2) === 'chat ›');
      await until(() => ollama.aborted() === 1);
    },
  );

  it('keeps on the screen what was written when it was stopped', async () => {
    const { pty } = await open({ says: 'One two three four five six seven.', pieceMs: 300 });
    pty.type('hi\r');
    await pty.waitFor('words', (screen) => screen.includes('One two three'));
    pty.type(CTRL_C);
    await pty.waitFor('the stop', (screen) => /One two three[\s\S]*cancelled/.test(screen));
  });

  it('shows the failure below what was written, and the next question is answered', async () => {
    const { pty } = await open(
      { says: 'never' },
      {
        script: [
          { reply: { says: 'It begins well', fault: { kind: 'cut', after: 3 } } },
          { reply: { says: 'Now it is whole.' } },
        ],
      },
    );
    pty.type('hi\r');
    await pty.waitFor('both', (screen) => /It begins[\s\S]*✗ model/.test(screen));
    pty.type('hi again\r');
    await pty.waitFor('the answer', (screen) => screen.includes('Now it is whole.'));
  });

  it('finds a server that was started later', async () => {
    const first = await startOllama();
    const { port, host } = first;
    await first.close();
    const person = newPerson();
    const pty = startPty(process.execPath, [PROGRAM], {
      cwd: person.project,
      env: { ...person.env, OLLAMA_HOST: host },
    });
    running.add(pty);
    await pty.waitFor('no model', (screen) => screen.includes('no model'));
    await waitForInk(pty);
    pty.type('hi\r');
    await pty.waitFor('the refusal', (screen) => screen.includes('ask cannot run now'));
    await startOllama({ port, script: [{ reply: { says: 'Here I am.' } }] });
    pty.type('hi\r');
    await pty.waitFor('the answer', (screen) => screen.includes('Here I am.'));
  });

  it('prints line by line where the terminal can do no more', async () => {
    const { pty } = await open({ says: ANSWER, firstMs: 300 }, {}, { env: { TERM: 'dumb' } });
    await pty.waitFor('the prompt', (screen) => screen.includes('chat>'));
    pty.type('where do we round prices?\r');
    await pty.waitFor('the end', (screen) => /Nothing else does\.\n\nsrc\/cart\.ts/.test(screen));
    expect(pty.raw()).not.toContain('\x1b');
    expect(pty.raw()).toMatch(/reading \d+ tokens/);
  });

  it('asks before it downloads, and lets another model answer at once', async () => {
    const { pty, ollama } = await open({ says: ANSWER });
    pty.type('/models pull new:1b\r');
    await pty.waitFor('the question', (screen) => screen.includes('will download new:1b'));
    await new Promise((resolve) => setTimeout(resolve, 600));
    pty.type('n\r');
    await pty.waitFor('the refusal', (screen) => screen.includes('was not downloaded'));
    expect(ollama.requests.map(({ path }) => path)).not.toContain('/api/pull');
    pty.type('/models pull new:1b --yes\r');
    await pty.waitFor('the end', (screen) => screen.includes('new:1b is installed'));
    pty.type('/models use new:1b\r');
    await pty.waitFor('the status', (screen) => /standard · new:1b/.test(screen));
    pty.type('hi\r');
    await pty.waitFor('the answer', (screen) => screen.includes('Nothing else does.'));
    expect(ollama.chats().at(-1)?.body?.model).toBe('new:1b');
  });

  it('completes files behind an @', async () => {
    const { pty } = await open({ says: ANSWER });
    pty.type('what is @src/inv\t');
    await pty.waitFor('the path', (screen) => screen.includes('@src/invoice.ts'));
  });
});
