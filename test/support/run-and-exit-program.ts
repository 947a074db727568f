import { createProcessRunner } from '../../src/adapters/processes/run-process.ts';
import { createWorkingFolders } from '../../src/adapters/workspace/working-folder.ts';

/** Ends while a program runs that has started another: `WORKSPACE`. Prints their numbers. */
const [, , workspace = ''] = process.argv;
const runner = createProcessRunner({
  openFolder: createWorkingFolders({ workspace }),
  env: { PATH: process.env.PATH },
  clock: { now: () => new Date(), monotonicMs: () => performance.now() },
});
let said = '';
await runner.run(
  {
    argv: ['/bin/sh', '-c', 'echo $$; sleep 60 & echo $!; wait'],
    cwd: '.',
    env: {},
    limits: { wallMs: 60_000, outputBytes: 1000 },
  },
  (text) => {
    said += text;
    process.stdout.write(text);
    if (said.split('\n').length > 2) process.exit(3);
  },
  new AbortController().signal,
);
