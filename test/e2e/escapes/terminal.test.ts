import { describe, expect, it, onTestFinished } from 'vitest';
import { newVictim, newWord, PYTHON, rungsHere } from '../../support/escape-lab.ts';
import { startPty } from '../../support/pty.ts';
import { PROGRAM } from '../../support/tinycode.ts';

const RUNGS = await rungsHere();
const strong = RUNGS.filter((rung) => rung === 'L3' || rung === 'L2');

/** Types into every terminal that it can find, and draws on it. */
const TAKE_OVER = `
import fcntl, os, sys
word = sys.argv[1]
for path in ['/dev/tty', '/dev/console', '/dev/ptmx'] + ['/dev/pts/' + n for n in os.listdir('/dev/pts') if n.isdigit()]:
    if path.startswith('/dev/pts/') and path not in sys.argv[2:]:
        continue
    try:
        fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
    except OSError as error:
        print('no', path, error)
        continue
    os.write(fd, ('drawn-' + word).encode())
    for request, argument in ((0x5412, b'Q'), (0x541c, b'\\x03\\0\\0')):
        try:
            fcntl.ioctl(fd, request, argument)
            print('typed', hex(request), path)
        except OSError as error:
            print('no', hex(request), path, error)
    os.close(fd)
for fd in (0, 1, 2):
    try:
        fcntl.ioctl(fd, 0x5412, b'Q')
        print('typed', fd)
    except OSError:
        pass
print('over')
`;

describe.skipIf(PYTHON === null)('the terminal of a person', () => {
  // Only a terminal of the test is drawn on: its name is asked for first, and told to the program.
  const play = async (before: readonly string[]) => {
    const victim = newVictim();
    const word = newWord('terminal');
    victim.put('project/take.py', TAKE_OVER);
    const script = `me=$(tty); ${before.map((each) => `'${each}'`).join(' ')} '${PYTHON}' take.py ${word} "$me"; echo "done with it"`;
    const pty = startPty('/bin/sh', ['-c', script], {
      cwd: victim.project,
      env: victim.env,
      columns: 200,
      rows: 60,
    });
    onTestFinished(() => pty.close());
    await pty.exitCode(20_000);
    return { raw: pty.raw(), drawn: `drawn-${word}` };
  };

  it('is drawn on by a program without a cage', async () => {
    const { raw, drawn } = await play([]);
    expect(raw).toContain(drawn);
  });

  it.each(strong)('is neither drawn on nor typed into from %s', async (rung) => {
    const { raw, drawn } = await play([
      process.execPath,
      PROGRAM,
      'rehearse',
      '--rung',
      rung,
      '--',
    ]);
    expect(raw).toContain('over');
    expect(raw).not.toContain(drawn);
    expect(raw).not.toContain('typed');
  });

  it.each(strong)('is not the one that a program gets on %s', async (rung) => {
    const { raw, drawn } = await play([
      ...[process.execPath, PROGRAM, 'rehearse', '--json', '--terminal', '--rung', rung, '--'],
    ]);
    expect(raw).toContain('over');
    // What it draws on its own terminal is its output, and told as such.
    const lines = raw.split('\n').filter((line) => line.includes(drawn));
    expect(lines.filter((line) => !line.startsWith('{"'))).toEqual([]);
  });
});

describe('what a program prints', () => {
  const EVIL = [
    ...[
      '\x1b]0;title\x07',
      '\x1b[2J',
      '\x1b]52;c;ZXZpbA==\x07',
      '\x1bP+q544e\x1b\\',
      '\x1b[6n',
      '\x9b31m',
    ],
    ...[
      '\u202e',
      '\u200b',
      '\u2066',
      '\r',
      '\b\b',
      '\x7f',
      '\x0e',
      '\u2028',
      '\u{e0041}',
      '\x1b[?1049h',
    ],
  ].join('shown ');
  const isHarmful = (text: string) =>
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u2028\u{e0000}-\u{e007f}]/u.test(
      text,
    );

  it.each(RUNGS)('is shown harmless from %s, and so are the names that it makes', async (rung) => {
    const victim = newVictim();
    victim.put('project/evil.txt', EVIL);
    victim.put(
      'project/say.sh',
      'cat evil.txt; cat evil.txt >&2; touch "$(printf "na\\033[2Jme\\nnew\\302\\233")"',
    );
    const { raw } = await victim.tinycode(['rehearse', '--rung', rung, '--', 'sh', 'say.sh']);
    expect(raw).toContain('shown');
    expect(raw).toContain('⟨U+001B⟩');
    expect(isHarmful(raw)).toBe(false);
  });

  it('is shown harmless in the diff of a plan', async () => {
    const victim = newVictim();
    victim.put('project/evil.txt', EVIL);
    const id = await victim.importPlan([
      {
        id: 'a',
        action: { kind: 'shell.run', command: 'cat evil.txt | tee "made$(printf "\\033[2J")"' },
      },
    ]);
    const { raw } = await victim.tinycode(['plan', 'rehearse', id]);
    const diff = await victim.tinycode(['plan', 'diff', id]);
    expect(diff.raw).toContain('shown');
    expect(isHarmful(raw + diff.raw)).toBe(false);
  });

  it('stays within JSON where that was asked for', async () => {
    const victim = newVictim();
    victim.put('project/evil.txt', EVIL);
    const { raw, data } = await victim.attack(RUNGS[0] ?? 'L0', ['cat', 'evil.txt']);
    expect(data.stdout).toBe(EVIL.replace('\x9b', '\u009b'));
    expect(raw).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});
