import { afterEach, describe, expect, it } from 'vitest';
import { startOllama } from '../support/fake-ollama.ts';
import type { Reply } from '../support/ollama/spoken.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { SHOP, writeFiles } from '../support/shop.ts';
import { CTRL_C, shown, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';
import { treeHash } from '../support/tree-hash.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

async function open(says: readonly Reply[], files: Readonly<Record<string, string>> = SHOP) {
  const ollama = await startOllama({ script: says.map((reply) => ({ reply })) });
  const person = newPerson();
  writeFiles(person.project, files);
  const env = { ...person.env, OLLAMA_HOST: ollama.host };
  const pty = startPty(process.execPath, [PROGRAM], { cwd: person.project, env });
  running.add(pty);
  await pty.waitFor('the model', (screen) => screen.includes('tiny'));
  await waitForInk(pty);
  return { pty, ollama, person };
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let look = 0; look < 200 && !isSo(); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(isSo()).toBe(true);
};

const QUESTION = 'where do we round the total?';
const search = (text: string): Reply => ({ calls: [{ tool: 'search', values: { text } }] });

describe('a model that looks, in the terminal', () => {
  it('shows each look in a line as it happens, then the answer and where it stands', async () => {
    const { pty, person } = await open([
      search('round'),
      {
        calls: [
          { tool: 'read', values: { path: 'src/login.ts' } },
          { tool: 'read', values: { path: '.env' } },
          { tool: 'edit', values: { path: 'src/login.ts' } },
        ],
        firstMs: 600,
      },
      { says: 'In the cart (src/cart.ts:3).', firstMs: 600 },
    ]);
    const before = treeHash(person.project);
    pty.type(`${QUESTION}\r`);
    await pty.waitFor('the first look', (screen) =>
      /looked: search “round” · \d places[\s\S]*reading [\d,]+ tokens/.test(screen),
    );
    await pty.waitFor('the second look', (screen) =>
      screen.includes('looked: read src/login.ts · lines 1 to 1'),
    );
    await pty.waitFor('the end', (screen) => /src\/cart\.ts:\S+ .* s\n/.test(screen));
    const rows = shown(pty);
    const from = rows.findIndex((row) => row.startsWith('looked: search'));
    expect(rows.slice(from, from + 5)).toEqual([
      expect.stringMatching(/^looked: search “round” · \d places$/),
      'looked: read src/login.ts · lines 1 to 1',
      'looked: read .env · not allowed',
      'looked: edit · there is no such look',
      'In the cart (src/cart.ts:3).',
    ]);
    expect(treeHash(person.project)).toBe(before);
    pty.type('/context\r');
    await pty.waitFor('the looks', (screen) => /look {2,}read src\/login\.ts/.test(screen));
  });

  it('stops at once while it reads what a look has shown', async () => {
    const { pty, ollama } = await open([search('round'), { says: 'never', firstMs: 60_000 }]);
    pty.type(`${QUESTION}\r`);
    await pty.waitFor('the look', (screen) =>
      /looked: search[\s\S]*reading [\d,]+ tokens/.test(screen),
    );
    await until(() => ollama.chats().length === 2);
    pty.type(CTRL_C);
    await pty.waitFor('the stop', (screen) => screen.includes('cancelled'));
    await until(() => ollama.aborted() === 1);
  });

  it('stops at once while a look goes on, and asks nothing more', async () => {
    const text = 'some words that say nothing\n'.repeat(1_500);
    const many = Array.from({ length: 2_000 }, (_, at) => [`d${at % 50}/f${at}.txt`, text]);
    const { pty, ollama } = await open([search('nowhere'), { says: 'never' }], {
      ...SHOP,
      ...Object.fromEntries(many),
    });
    pty.type(`/explain src/cart.ts\r`);
    await pty.waitFor('the look', (screen) => screen.includes('looking: search “nowhere”'));
    pty.type(CTRL_C);
    await pty.waitFor('the stop', (screen) => screen.includes('cancelled'));
    expect(shown(pty).join('\n')).not.toContain('looked:');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(ollama.chats()).toHaveLength(1);
  });
});
