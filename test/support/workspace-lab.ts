import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createImageReader } from '../../src/adapters/workspace/image-reader.ts';
import { createWorkspaceWriter } from '../../src/adapters/workspace/workspace-writer.ts';
import type { Image, Result } from '../../src/core/types.ts';
import type { FileChange } from '../../src/ports.ts';
import { must } from './audit-lab.ts';
import { temporaryFolder } from './files.ts';

export type Systems = { readonly hasDescriptorPaths?: boolean; readonly hasHardLinks?: boolean };

/** A workspace with something beside it, and the hands that work on it. */
export function newWorkspaceLab(systems: Systems = {}, root = temporaryFolder()) {
  const workspace = join(root, 'workspace');
  mkdirSync(workspace, { recursive: true });
  const reader = createImageReader({ workspace, umask: 0o022, ...systems });
  const writer = createWorkspaceWriter({ workspace, ...systems });
  const look = (path: string, isDeep?: boolean): Image => must(reader.look(path, isDeep));
  return {
    root,
    workspace,
    reader,
    writer,
    look,
    at: (path: string) => join(workspace, path),
    /** As another program would. */
    write: (path: string, content: string | Buffer, mode?: number) => {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), content, mode === undefined ? {} : { mode });
    },
    read: (path: string) => readFileSync(join(workspace, path), 'utf8'),
    /** What lies below the workspace, links not followed. */
    list: () => (readdirSync(workspace, { recursive: true }) as string[]).sort(),
    apply: (...changes: readonly FileChange[]) => writer.apply(TAG, changes),
    /** The change that puts this text where something lies now. */
    putting: (path: string, text: string | Buffer, mode?: number) =>
      putChange(look(path), text, mode),
  };
}
export type WorkspaceLab = ReturnType<typeof newWorkspaceLab>;

export const TAG = 'p-1';

export const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

export function putChange(before: Image, text: string | Buffer, mode?: number) {
  const bytes = Buffer.from(text as string);
  const kept = before.kind === 'file' ? before.mode : 0o644;
  const after = {
    path: before.path,
    kind: 'file',
    hash: sha256(bytes),
    size: bytes.length,
    mode: mode ?? kept,
  } as const;
  return { kind: 'put', before, after, bytes } as const;
}

export const absent = (path: string): Image => ({ path, kind: 'absent' });

export const modeAt = (path: string): number => lstatSync(path).mode & 0o7777;

export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

export const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

/** Of what was written for a moment only. */
export const leftBehind = (lab: WorkspaceLab): readonly string[] =>
  lab.list().filter((path) => path.includes('.tinycode-'));
