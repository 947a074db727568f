import { renameSync, symlinkSync, unlinkSync } from 'node:fs';

/** Swaps a folder for a link to another one and back, until it is killed: `FOLDER OTHER`. */
const [, , folder = '', other = ''] = process.argv;
for (let swaps = 1; ; swaps++) {
  renameSync(folder, `${folder}.aside`);
  symlinkSync(other, folder);
  for (let wait = 0; wait < (swaps % 7) * 2000; wait++);
  unlinkSync(folder);
  renameSync(`${folder}.aside`, folder);
  for (let wait = 0; wait < (swaps % 5) * 2000; wait++);
  if (swaps % 1000 === 0) process.stdout.write(`${swaps}\n`);
}
