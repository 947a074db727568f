import { describe, expect, it } from 'vitest';
import { authorLab, outline, whole } from '../support/author-lab.ts';
import type { Reply } from '../support/ollama/spoken.ts';

const CART = 'export const round = (price) => Math.round(price);\n';
const INVOICE = 'export const bill = (price) => price;\n';
const BILLED = 'export const bill = (price) => Math.round(price);\n';
const FILES = { 'src/cart.js': CART, 'src/invoice.js': INVOICE, 'notes.txt': 'foo\n' };
const MODE = ['--mode', 'propose'];
const EDIT = outline({ kind: 'edit', path: 'src/invoice.js', why: 'round the price' });

type Step = { readonly id: string; readonly dependsOn: string[]; readonly action: object };
const begin = (...says: readonly Reply[]) => authorLab(FILES, says);

describe('a request of several sentences', () => {
  it('is planned by both, each step by whom understands it, as one plan that runs', async () => {
    const lab = await begin(EDIT, whole('src/invoice.js', BILLED));
    const text =
      'Move notes.txt to docs/notes.txt. The invoice must round like the cart does. Run ls docs.';
    const { code, data } = await lab.json(['plan', text, ...MODE]);
    expect(code).toBe(0);
    expect(data.plan).toMatchObject({ goal: text, origin: { kind: 'model', text }, open: [] });
    const kinds = data.plan.steps.map(({ action }: { action: { kind: string } }) => action.kind);
    expect(kinds).toEqual(['file.move', 'file.edit', 'shell.run']);
    const last = data.plan.steps.at(-1) as Step;
    expect(last.dependsOn.toSorted()).toEqual(['1', '2']);
    const [first = ''] = lab.asked();
    expect(first).toContain('docs/notes.txt');
    expect(first).toContain('Planned already, not to be planned again: Move notes.txt');
    await lab.json(['approve', data.plan.id]);
    const executed = await lab.json(['execute', data.plan.id, '--mode', 'execute']);
    expect(executed.code).toBe(0);
    expect(lab.text('docs/notes.txt')).toBe('foo\n');
    expect(lab.text('src/invoice.js')).toBe(BILLED);
  });

  it('says in one line who plans what', async () => {
    const lab = await begin(EDIT, whole('src/invoice.js', BILLED));
    const { stdout } = await lab.run([
      'plan',
      'The invoice must round like the cart does; run ls',
      ...MODE,
    ]);
    expect(stdout).toContain('Rules plan “run ls”; tiny:latest plans the rest.');
  });

  it('lets the model see the files as the rules leave them, and the rules those of the model', async () => {
    const lab = await begin(
      outline({ kind: 'create', path: 'docs/more.txt', why: 'say more' }),
      whole('docs/more.txt', 'foo too\n'),
      outline({ kind: 'create', path: 'docs/more.txt', why: 'say more' }),
      whole('docs/more.txt', 'bar too\n'),
    );
    const text =
      'Move notes.txt to docs/notes.txt; write a second page beside docs/notes.txt; replace "foo" with "bar" in docs';
    const { code, data } = await lab.json(['plan', text, ...MODE]);
    expect(code).toBe(0);
    // The rules would change what the model has just written, so it plans all of it.
    expect(lab.asked().at(-2)).toContain(`The request: ${text}`);
    expect(data.plan.steps).toMatchObject([{ action: { path: 'docs/more.txt' } }]);
  });

  it('is planned by the model where both would change a file: no two steps contradict each other', async () => {
    const all = [EDIT, whole('src/invoice.js', BILLED)];
    const lab = await begin(...all, ...all);
    const text = 'Rename bill to total in src. The invoice must round like the cart does.';
    const { code, data } = await lab.json(['plan', text, ...MODE]);
    expect(code).toBe(0);
    expect(data.plan.steps).toHaveLength(1);
    expect(data.plan.goal).toBe(text);
    expect(lab.asked().at(-2)).toContain(`The request: ${text}`);
  });

  it('is planned by the model where the rules cannot do their part', async () => {
    const lab = await begin(EDIT, whole('src/invoice.js', BILLED));
    const text = 'Delete nosuch.txt. The invoice must round like the cart does.';
    const { code, data } = await lab.json(['plan', text, ...MODE]);
    expect(code).toBe(0);
    expect(data.plan.steps).toHaveLength(1);
    expect(lab.server.chats()).toHaveLength(2);
  });

  it('stays with one planner where a person says which', async () => {
    const lab = await begin(EDIT, whole('src/invoice.js', BILLED));
    const text = 'Run ls; the invoice must round like the cart does';
    expect((await lab.json(['plan', '--with', 'rules', ...MODE, text])).code).toBe(2);
    const { data } = await lab.json(['plan', '--with', 'model', ...MODE, text]);
    expect(data.plan.steps).toHaveLength(1);
  });
});

describe('a kind of request for which plans by rules were turned down', () => {
  const line = ['plan', 'rename bill to total in src', ...MODE];
  const renamed = [
    outline({ kind: 'edit', path: 'src/invoice.js', why: 'rename bill' }),
    whole('src/invoice.js', INVOICE.replace('bill', 'total')),
  ];

  it('goes to the model, which is said in one line, and back where that does no better', async () => {
    const lab = await begin(...renamed, ...renamed);
    for (let time = 0; time < 3; time += 1) {
      const { data } = await lab.json(line);
      expect(data.plan.origin.kind).toBe('rules');
      await lab.json(['reject', data.plan.id, '--reason', 'not like that']);
    }
    expect(lab.server.requests).toEqual([]);
    const { stdout } = await lab.run(line);
    expect(stdout).toContain(
      'tiny:latest plans this: of 3 such plans by rules, 3 were turned down.',
    );
    await lab.json(['reject', 'latest']);
    const { data } = await lab.json(line);
    expect(data.plan.origin.kind).toBe('model');
    await lab.json(['reject', data.plan.id]);
    expect((await lab.json(line)).data.plan.origin.kind).toBe('rules');
  });

  it('stays with the rules for other kinds, without a model, and where one asks for them', async () => {
    const lab = await begin(...renamed);
    for (let time = 0; time < 3; time += 1) {
      const { data } = await lab.json(line);
      await lab.json(['reject', data.plan.id, '--reason', 'not like that']);
    }
    const other = await lab.json(['plan', 'delete notes.txt', ...MODE]);
    expect(other.data.plan.origin.kind).toBe('rules');
    const asked = await lab.json([
      'plan',
      '--with',
      'rules',
      ...MODE,
      'rename bill to total in src',
    ]);
    expect(asked.data.plan.origin.kind).toBe('rules');
    const alone = await lab.json(line);
    expect(alone.data.plan.origin.kind).toBe('model');
    await lab.server.close();
    expect((await lab.json(line)).data.plan.origin.kind).toBe('rules');
  });
});
