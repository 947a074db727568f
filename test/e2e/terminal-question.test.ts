import { describe, expect, it } from 'vitest';
import type { Pty, PtyOptions } from '../support/pty.ts';
import { CTRL_C, PROMPT, setUpTerminalDoor, shown } from '../support/terminal-door.ts';

const door = setUpTerminalDoor();
const settle = () => new Promise((done) => setTimeout(done, 300));

async function openAsked(what: string, asked: string, options?: PtyOptions): Promise<Pty> {
  const pty = await door.openWithInk(options);
  pty.type(`/ask ${what}\r`);
  await pty.waitFor('the question', (screen) => screen.includes(asked));
  await settle();
  return pty;
}

describe('the question of a running command', () => {
  it('is answered by a key and Enter, and the prompt keeps what was typed', async () => {
    const pty = await openAsked('choice', 'What shall be done?');
    pty.type('b\r');
    await pty.waitFor('the answer', (screen) => screen.includes('the answer is "b"'));
    // A frame may come in two pieces.
    await pty.waitFor('the question to go', (screen) => !screen.includes('What shall be done?'));
    await pty.waitFor('the prompt', () => shown(pty).at(-2) === PROMPT);
  });

  it('is not answered by Enter alone, by other letters, or by a paste', async () => {
    const pty = await openAsked('choice', 'What shall be done?');
    pty.type('\r');
    await pty.waitFor('the hint', (screen) => screen.includes('That is none of f, b'));
    pty.type('fb\r');
    pty.type('\x1b[200~f\x1b[201~\r');
    await settle();
    expect(pty.screen().join('\n')).not.toContain('the answer');
    pty.type('\x1b');
    await pty.waitFor('no answer', (screen) => screen.includes('no answer'));
  });

  it('is not answered by what was typed before it stood there', async () => {
    let isSeen = false;
    const pty = await door.openWithInk({
      onOutput(data) {
        if (isSeen || !data.includes('What shall be done?')) return;
        isSeen = true;
        pty.type('b\r');
      },
    });
    pty.type('/ask choice\r');
    pty.type('b');
    await pty.waitFor('the question', (screen) => screen.includes('What shall be done?'));
    pty.type('b\r');
    await settle();
    expect(pty.screen().join('\n')).toContain('What shall be done?');
    expect(pty.screen().join('\n')).not.toContain('the answer');
    pty.type('b\r');
    await pty.waitFor('the answer', (screen) => screen.includes('the answer is "b"'));
    await pty.waitFor('what was typed before', () => shown(pty).at(-2) === `${PROMPT} b`);
  });

  it('wants the whole word', async () => {
    const pty = await openAsked('word', 'This deletes build.');
    pty.type('y\r');
    await pty.waitFor('the hint', (screen) => screen.includes('That is not the word'));
    pty.type('delete\r');
    await pty.waitFor('the answer', (screen) => screen.includes('the answer is "delete"'));
  });

  it('may be a text to edit', async () => {
    const pty = await openAsked('edit', 'may be changed', { env: { EDITOR: 'sed -i s/a/b/' } });
    pty.type('\r');
    await pty.waitFor('the answer', (screen) => screen.includes('the answer is "b\\n"'));
  });

  it('gets no answer and the command stops at Ctrl+C', async () => {
    const pty = await openAsked('choice', 'What shall be done?');
    pty.type(CTRL_C);
    await pty.waitFor('the end', (screen) => screen.includes('no answer'));
  });

  it('takes no answer while it cannot be read as a whole', async () => {
    const pty = await openAsked('long', 'reason 1');
    pty.type('y\r');
    await pty.waitFor('the hint', (screen) => screen.includes('Make the window higher'));
    pty.resize(80, 70);
    await pty.waitFor('all of it', (screen) => screen.includes('reason 59'));
    pty.type('y\r');
    await pty.waitFor('the answer', (screen) => screen.includes('the answer is "y"'));
  });
});

describe('the question, line by line', () => {
  it('is answered by a whole line', async () => {
    const pty = await door.open({}, '--plain');
    pty.type('/ask choice\r');
    await pty.waitFor('the question', (screen) => screen.includes('answer>'));
    expect(shown(pty)).toEqual(
      expect.arrayContaining(['The check failed. What shall be done?', 'f: fix it']),
    );
    pty.type('\r');
    pty.type('x\r');
    await pty.waitFor('the hint', (screen) => screen.includes('none of f, b'));
    pty.type('f\r');
    await pty.waitFor('the answer', (screen) => screen.includes('the answer is "f"'));
    expect(pty.screen().join('\n')).not.toContain('you said');
    expect(pty.raw()).not.toContain('\x1b');
  });

  it('is not answered by a line that was begun before it', async () => {
    const pty = await door.open({}, '--plain');
    pty.type('/ask choice\r');
    pty.type('f');
    await pty.waitFor('the question', (screen) => screen.includes('answer>'));
    pty.type('\r');
    await settle();
    expect(pty.screen().join('\n')).not.toContain('the answer');
    pty.type('-\r');
    await pty.waitFor('no answer', (screen) => screen.includes('no answer\n'));
  });

  it('gets no answer at Ctrl+C', async () => {
    const pty = await door.open({}, '--plain');
    pty.type('/ask word\r');
    await pty.waitFor('the question', (screen) => screen.includes('answer>'));
    pty.type(CTRL_C);
    await pty.waitFor('no answer', (screen) => screen.includes('no answer\n'));
  });
});
