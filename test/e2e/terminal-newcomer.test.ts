import { afterEach, describe, expect, it } from 'vitest';
import { startOllama } from '../support/fake-ollama.ts';
import { fakeModel } from '../support/ollama/fake-model.ts';
import { type Pty, startPty } from '../support/pty.ts';
import { SHOP, writeFiles } from '../support/shop.ts';
import { CTRL_C, shown, waitForInk } from '../support/terminal-door.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const running = new Set<Pty>();
afterEach(() => {
  for (const pty of running) pty.close();
  running.clear();
});

const PARTS = Array.from({ length: 12 }, (_, at) => `Part ${at} tells of the cart, at length.`);

describe('somebody who is new here', () => {
  it('finds the way by help, tour, completion and hints, and gets out of everything', async () => {
    const ollama = await startOllama({
      models: [fakeModel('tiny'), fakeModel('other:7b')],
      script: [{ reply: { says: PARTS.join('\n\n'), pieceMs: 25 } }],
    });
    const person = newPerson();
    writeFiles(person.project, SHOP);
    const env = { ...person.env, OLLAMA_HOST: ollama.host };
    const pty = startPty(process.execPath, [PROGRAM], { cwd: person.project, env });
    running.add(pty);
    await pty.waitFor('the model', (screen) => screen.includes('tiny'));
    await waitForInk(pty);
    const isAtPrompt = () => shown(pty).at(-2) === 'chat ›';

    pty.type('/help\r');
    await pty.waitFor('what cannot be done now, in a few lines', (screen) =>
      /· \/plan, \/fix, [\s\S]*: it\s+does not run in chat mode\n {2}› \/mode propose\n/.test(
        screen,
      ),
    );
    // All of that leaves room for what can be done.
    expect(pty.screen().join('\n')).toContain('/version');
    pty.type('/tour\r');
    await pty.waitFor('its end', (screen) => screen.includes('/audit verify'));
    expect(pty.scrollback().join('\n')).toContain('what does @README.md promise?');
    pty.type('/models\r');
    await pty.waitFor('the models', (screen) => screen.includes('other:7b'));
    pty.type('/execute latest\r');
    await pty.waitFor('the hint', (screen) =>
      /not run in chat mode\.\n {2}\/mode execute/.test(screen),
    );
    pty.type('/approve\r');
    await pty.waitFor('another', (screen) => screen.includes('The newest plan is latest.'));

    pty.type('what is in @src/c\t');
    await pty.waitFor('the path', (screen) => screen.includes('@src/cart.ts'));
    pty.type(CTRL_C);
    await pty.waitFor('nothing typed', isAtPrompt);
    pty.type(CTRL_C);
    await pty.waitFor('the warning', (screen) => screen.includes('Ctrl+C again leaves'));
    pty.type('x\x7f');
    await pty.waitFor('the status', () => /^chat · standard/.test(shown(pty).at(-1) ?? ''));
    expect(isAtPrompt()).toBe(true);
  });

  it('may resize the window while an answer comes, and reads every part of it once', async () => {
    const ollama = await startOllama({
      script: [{ reply: { says: PARTS.join('\n\n'), pieceMs: 25 } }],
    });
    const person = newPerson();
    const env = { ...person.env, OLLAMA_HOST: ollama.host };
    const pty = startPty(process.execPath, [PROGRAM], { cwd: person.project, env });
    running.add(pty);
    await pty.waitFor('the model', (screen) => screen.includes('tiny'));
    await waitForInk(pty);
    pty.type('tell me\r');
    await pty.waitFor('its beginning', (screen) => screen.includes('Part 2'));
    pty.resize(40, 24);
    await pty.waitFor('its middle', (screen) => screen.includes('Part 5'));
    pty.resize(120, 30);
    await pty.waitFor('its end', (screen) => /Part 11[\s\S]* s\n/.test(screen));
    await pty.waitFor('the prompt', () => shown(pty).at(-2) === 'chat ›');
    const all = pty.scrollback().join(' ').replace(/\s+/g, ' ');
    for (const [at, part] of PARTS.entries()) {
      expect(all.split(part), `part ${at}`).toHaveLength(2);
    }
    expect(all).not.toContain('Ctrl+C stops');
  });
});
