import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startOllama } from '../support/fake-ollama.ts';
import { startPty } from '../support/pty.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

const STRACE = 'strace';
const hasStrace = spawnSync(STRACE, ['-e', 'trace=connect', 'true']).status === 0;

const serve = () =>
  startOllama({
    models: ['tiny-test:1b'],
    script: [{ reply: { says: 'It is forty-two.' }, times: 0 }],
  });

/** Start, wait for the model to be seen, a turn, and leave: as a person does it. */
async function useIt(
  file: string,
  args: readonly string[],
  person: ReturnType<typeof newPerson>,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const pty = startPty(file, args, { env: { ...person.env, ...env }, cwd: person.project });
  try {
    await pty.waitFor('the model in the status line', (screen) => screen.includes('tiny-test'));
    pty.type('where is the answer?\r');
    await pty.waitFor('the answer', (screen) => screen.includes('forty-two'));
    pty.type('/doctor\r');
    await pty.waitFor('the checks', (screen) => /to look at|All is well/.test(screen));
    pty.type('/quit\r');
    expect(await pty.exitCode()).toBe(0);
  } finally {
    pty.close();
  }
}

describe('connections', () => {
  it('go to the configured Ollama and nowhere else, by what Node itself opens', async () => {
    const ollama = await serve();
    const person = newPerson();
    const log = join(person.root, 'sockets');
    const hook = pathToFileURL(join(import.meta.dirname, '../support/watch-sockets.mjs'));
    await useIt(process.execPath, [PROGRAM], person, {
      OLLAMA_HOST: ollama.host,
      NODE_OPTIONS: `--import=${hook}`,
      WATCH_SOCKETS_FILE: log,
    });
    const uses = readFileSync(log, 'utf8').trim().split('\n');
    expect(uses).toContain(`TCPCONNECTWRAP ${ollama.host}`);
    const other = uses.filter(
      (use) => !['watching', 'TCPWRAP', `TCPCONNECTWRAP ${ollama.host}`].includes(use),
    );
    expect(other).toEqual([]);
  });

  it.skipIf(!hasStrace)(
    'go to the configured Ollama and nowhere else, by what the kernel is asked for (needs strace)',
    async () => {
      const ollama = await serve();
      const person = newPerson();
      const log = join(person.root, 'trace');
      const calls = 'trace=connect,sendto,sendmsg,sendmmsg,bind,listen';
      await useIt(STRACE, ['-f', '-o', log, '-e', calls, process.execPath, PROGRAM], person, {
        OLLAMA_HOST: ollama.host,
      });
      const lines = readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => /AF_INET6?/.test(line));
      const port = ollama.host.split(':').at(-1) as string;
      const allowed = `sin_port=htons(${port}), sin_addr=inet_addr("127.0.0.1")`;
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter((line) => !line.includes(allowed))).toEqual([]);
    },
  );
});
