import { createImageReader } from '../../src/adapters/workspace/image-reader.ts';
import { createWorkspaceWriter } from '../../src/adapters/workspace/workspace-writer.ts';
import { putChange } from './workspace-lab.ts';

/**
 * Puts its own text into the same files over and over, in a process of its own:
 * `WORKSPACE TAG TEXT ROUNDS PATH...`. Prints `made` or the failure's code and message for each.
 */
const [, , workspace = '', tag = '', text = '', rounds = '', ...paths] = process.argv;
const reader = createImageReader({ workspace, umask: 0o022 });
const writer = createWorkspaceWriter({ workspace });
for (let round = 0; round < Number(rounds); round++) {
  for (const path of paths) {
    const looked = reader.look(path);
    const result = looked.ok
      ? writer.apply(tag, [putChange(looked.value, `${text} ${round}\n`.repeat(500))]).result
      : looked;
    const line = result.ok ? 'made' : `${result.error.code} ${result.error.message}`;
    process.stdout.write(`${line}\n`);
  }
  writer.sync();
}
