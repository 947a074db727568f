import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { readOverlayChanges } from '../../src/adapters/processes/changes/overlay-changes.ts';
import { createImageReader } from '../../src/adapters/workspace/image-reader.ts';
import type { CheckpointEntry, Image } from '../../src/core/types.ts';
import { must } from './audit-lab.ts';
import { temporaryFolder } from './files.ts';
import { newWorkspaceLab } from './workspace-lab.ts';

/** Mounts the overlay over the lower folder and says so; it ends with its standard input. */
const HOLDER = `
exec 3<"$1" 4<"$2" 5<"$3"
mount -t overlay -o userxattr,lowerdir=/proc/self/fd/3,upperdir=/proc/self/fd/4,workdir=/proc/self/fd/5 view "$1" || exit 1
echo ready
exec cat`;

/** Whether this machine lets an ordinary person mount an overlay. */
export const canOverlay = tryOverlay();

/** A workspace, and a view of it in which programs write. */
export async function newOverlayLab() {
  const root = temporaryFolder();
  const lower = newWorkspaceLab({}, root);
  const [upper, work] = [join(root, 'upper'), join(root, 'work')];
  for (const folder of [upper, work]) mkdirSync(folder);

  /** What the workspace holds has to be written before. */
  const open = async () => {
    const holder = startHolder([lower.workspace, upper, work]);
    onTestFinished(() => void holder.kill('SIGKILL'));
    await new Promise((resolve, reject) => {
      holder.stdout?.once('data', resolve);
      holder.once('exit', () => reject(new Error('no overlay')));
    });
    const merged = `/proc/${holder.pid}/root${lower.workspace}`;
    const reader = createImageReader({ workspace: merged, umask: 0o022 });
    const changes = (signal = new AbortController().signal, most?: number) =>
      readOverlayChanges({ upper, merged, lower: lower.workspace }, signal, most);
    return {
      upper,
      merged,
      at: (path: string) => join(merged, path),
      changes,
      close: () => void holder.kill('SIGKILL'),
      /** Runs a shell in the view, as its root. */
      sh: (script: string): void => {
        const enter = ['-t', String(holder.pid), '-U', '--preserve-credentials', '-m'];
        const argv = [...enter, 'sh', '-euc', `cd "$1"\n${script}`, 'sh', lower.workspace];
        execFileSync('nsenter', argv, { stdio: ['ignore', 'ignore', 'inherit'] });
      },
      /** The changes, once they agree with a look at every path of both folders. */
      provenChanges: async (): Promise<readonly CheckpointEntry[]> => {
        const found = must(await changes());
        const [before, after] = [lower.reader, reader].map(
          (each) => new Map(must(each.below('')).map((image) => [image.path, image])),
        ) as [Map<string, Image>, Map<string, Image>];
        const wanted = [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
          const absent: Image = { path, kind: 'absent' };
          const entry = { before: before.get(path) ?? absent, after: after.get(path) ?? absent };
          return JSON.stringify(entry.before) === JSON.stringify(entry.after) ? [] : [entry];
        });
        expect(found).toEqual(wanted);
        return found;
      },
    };
  };
  return { ...lower, open };
}

const startHolder = (folders: readonly string[]): ChildProcess =>
  spawn('unshare', ['-rm', '--propagation', 'private', 'sh', '-c', HOLDER, 'sh', ...folders], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });

function tryOverlay(): boolean {
  const root = mkdtempSync(join(tmpdir(), 'tinycode-overlay-'));
  try {
    const folders = ['lower', 'upper', 'work'].map((name) => join(root, name));
    for (const folder of folders) mkdirSync(folder);
    const argv = ['-rm', '--propagation', 'private', 'sh', '-c', HOLDER, 'sh', ...folders];
    const said = execFileSync('unshare', argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    return said.toString().startsWith('ready');
  } catch {
    return false;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Each entry in a few words. */
export const tell = (entries: readonly CheckpointEntry[]): readonly string[] =>
  entries.map(({ before, after }) => `${before.path}: ${wordsOf(before)} > ${wordsOf(after)}`);

function wordsOf(image: Image): string {
  switch (image.kind) {
    case 'file':
      return `file ${image.size} ${image.mode.toString(8)}`;
    case 'folder':
      return `folder ${image.mode.toString(8)}`;
    case 'link':
      return `link ${image.target}`;
    case 'other':
      return image.what;
    case 'absent':
      return 'absent';
    default:
      return image satisfies never;
  }
}
