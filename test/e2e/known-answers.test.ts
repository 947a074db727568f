import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { authorLab, outline, whole } from '../support/author-lab.ts';

const CART = 'export const total = (prices) => prices.length;\n';
const BETTER = 'export const total = (prices) => prices.reduce((sum, price) => sum + price, 0);\n';
const WISH = 'make the cart add its prices up';

const begin = () =>
  authorLab({ 'src/cart.js': CART }, [
    {
      reply: outline({ kind: 'edit', path: 'src/cart.js', why: 'add' }),
      when: { mentions: ['Outline the change'] },
      times: 0,
    },
    { reply: whole('src/cart.js', BETTER), times: 0 },
  ]);

/** Says on standard error, when the program ends, which files of SQLite were loaded. */
const WATCH = `
  process.on('exit', () => {
    const natives = process.report.getReport().sharedObjects.filter((path) => /sqlite/.test(path));
    process.stderr.write(JSON.stringify(natives));
  });
`;

describe('answers in which chance has no part', () => {
  it('are known to the next process, which asks no model and makes the same plan', async () => {
    const lab = await begin();
    const first = await lab.json(['plan', WISH, '--mode', 'propose']);
    const asked = lab.server.chats().length;
    expect(asked).toBe(2);
    const second = await lab.json(['plan', WISH, '--mode', 'propose']);
    expect(second.data.plan.hash).toBe(first.data.plan.hash);
    expect(lab.server.chats()).toHaveLength(asked);
    // What was known stands in the record like what was said.
    const [{ id }] = (await lab.json(['sessions'])).data;
    const replayed = await lab.json(['sessions', 'replay', id]);
    expect(replayed.data).toMatchObject({ same: true, turns: [{ requests: { missing: 0 } }] });
  });

  it('are asked for anew where the setting says so, or a file has changed', async () => {
    const lab = await begin();
    await lab.json(['plan', WISH, '--mode', 'propose']);
    await lab.json(['config', 'set', 'ollama.keepAnswers', 'false']);
    await lab.json(['plan', WISH, '--mode', 'propose']);
    expect(lab.server.chats()).toHaveLength(4);
    await lab.json(['config', 'unset', 'ollama.keepAnswers']);
    writeFileSync(join(lab.project, 'src/cart.js'), `// other\n${CART}`);
    await lab.json(['plan', WISH, '--mode', 'propose']);
    expect(lab.server.chats()).toHaveLength(6);
  });

  it('are not looked for where a question has chance in it: SQLite is not even loaded', async () => {
    const lab = await begin();
    const file = join(lab.root, 'watch.mjs');
    writeFileSync(file, WATCH);
    const env = { OLLAMA_HOST: lab.server.host, NODE_OPTIONS: `--import=${pathToFileURL(file)}` };
    const ended = await lab.start(['ask', 'hi'], { env });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stderr)).toEqual([]);
    expect(readdirSync(lab.home)).not.toContain('state');
  });
});
