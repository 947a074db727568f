import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROMPT, setUpTerminalDoor, shown } from '../support/terminal-door.ts';

const door = setUpTerminalDoor();

describe('typing', () => {
  it('shows wide letters and pictures, with the caret behind them', async () => {
    const pty = await door.openWithInk();
    pty.type('漢字 👍 é');
    await pty.waitFor('the text', (screen) => screen.includes(`${PROMPT} 漢字 👍 é`));
    await pty.waitFor('the caret', () => pty.cursor().column === 7 + 9);
    pty.type('\x7f\x7f\x7f');
    await pty.waitFor('less text', () => shown(pty)[3] === `${PROMPT} 漢字`);
  });

  it('takes a paste as text, with its newlines and without obeying it', async () => {
    const pty = await door.openWithInk();
    pty.type('\x1b[200~one\r\n\ttwo \x1b[31mred\x1b[201~');
    await pty.waitFor('the paste', (screen) => screen.includes('two ⟨U+001B⟩[31mred'));
    expect(shown(pty).slice(3, 5)).toEqual([`${PROMPT} one`, '         two ⟨U+001B⟩[31mred']);
  });

  it('writes over several lines, and enters them as one', async () => {
    const pty = await door.openWithInk();
    pty.type('first\x1b[13;2usecond\x1b\rthird');
    await pty.waitFor('three lines', (screen) => screen.includes('third'));
    expect(shown(pty).slice(3, 6)).toEqual([`${PROMPT} first`, '       second', '       third']);
    pty.type('\r');
    await pty.waitFor('the answer', (screen) => screen.includes('you said: first'));
  });

  it('enters what comes in one read with its return', async () => {
    const pty = await door.openWithInk();
    pty.type('quick\r');
    await pty.waitFor('the answer', (screen) => screen.includes('you said: quick'));
  });
});

describe('history and completion', () => {
  it('brings back lines of earlier sessions, and finds them', async () => {
    const pty = await door.openWithInk({ env: { TEST_HISTORY: '/help|/audit verify|/doctor' } });
    await pty.waitFor('the session', (screen) => screen.includes('no model'));
    pty.type('\x1b[A');
    await pty.waitFor('the newest', (screen) => screen.includes(`${PROMPT} /doctor`));
    pty.type('\x15\x12ver');
    await pty.waitFor('the match', (screen) => screen.includes('search: ver'));
    expect(shown(pty)[3]).toBe(`${PROMPT} /audit verify`);
    pty.type('\r');
    await pty.waitFor('the prompt again', (screen) => screen.includes('chat · standard'));
    expect(shown(pty)[3]).toBe(`${PROMPT} /audit verify`);
  });

  it('completes, lists, goes round and closes', async () => {
    const pty = await door.openWithInk();
    await pty.waitFor('the session', (screen) => screen.includes('no model'));
    pty.type('/sl\t');
    await pty.waitFor('the only one', (screen) => screen.includes(`${PROMPT} /slow`));
    pty.type(' src/c\t');
    await pty.waitFor('the list', (screen) => screen.includes('src/client.ts'));
    expect(shown(pty).slice(3, 6)).toEqual([
      `${PROMPT} /slow src/c`,
      '  src/cart.ts    what it is for',
      '  src/client.ts  what it is for',
    ]);
    pty.type('\t\t');
    await pty.waitFor('the second', (screen) => screen.includes(`${PROMPT} /slow src/client.ts`));
    pty.type('\x1b');
    await pty.waitFor('the list to go', (screen) => !screen.includes('what it is for'));
    expect(shown(pty)[3]).toBe(`${PROMPT} /slow src/c`);
  });
});

describe('the external editor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tinycode-editor-'));
  const editor = join(folder, 'my editor.sh');
  writeFileSync(
    editor,
    `#!/bin/sh
stty -a > '${folder}/modes'
stat -c %a "$1" > '${folder}/rights'
printf ' and edited\\n' >> "$1"
`,
    { mode: 0o755 },
  );

  it('gets the text in a private file and a terminal in order, and the text comes back', async () => {
    const pty = await door.openWithInk({ env: { EDITOR: `'${editor}'` } });
    pty.type('written');
    await pty.waitFor('the text', (screen) => screen.includes('written'));
    pty.type('\x07');
    await pty.waitFor('the edited text', (screen) =>
      screen.includes(`${PROMPT} written and edited`),
    );
    expect(readFileSync(join(folder, 'modes'), 'utf8')).toMatch(/ icanon .* echo /s);
    expect(readFileSync(join(folder, 'rights'), 'utf8').trim()).toBe('600');
    expect(shown(pty).filter((row) => row.startsWith(PROMPT))).toHaveLength(1);
    pty.type('!');
    await pty.waitFor('another key', (screen) => screen.includes('written and edited!'));
  });

  it('keeps the text where the editor fails, and says so', async () => {
    const pty = await door.openWithInk({ env: { EDITOR: 'false' } });
    pty.type('kept\x18\x05');
    await pty.waitFor('the reason', (screen) => screen.includes('false ended with 1'));
    expect(shown(pty)[3]).toBe(`${PROMPT} kept`);
  });
});
