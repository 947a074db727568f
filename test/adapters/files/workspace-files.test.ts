import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  listWorkspaceFiles,
  MAX_FILE_BYTES,
  MAX_FILES,
} from '../../../src/adapters/files/workspace-files.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';

const workspaceWith = (files: Record<string, string>): string => {
  const { workspace } = temporaryPlaces();
  for (const [path, content] of Object.entries(files)) {
    put(join(workspace, '.tinycode', path), content);
  }
  return workspace;
};
const paths = (workspace: string) => listWorkspaceFiles(workspace).files.map(({ path }) => path);

describe('listWorkspaceFiles', () => {
  it('finds nothing where there is nothing', () => {
    expect(listWorkspaceFiles(workspaceWith({}))).toEqual({ files: [], warnings: [] });
    expect(listWorkspaceFiles('/nowhere/at/all')).toEqual({ files: [], warnings: [] });
  });

  it('lists policies, and plugins and prompts at any depth, in fixed order', () => {
    const workspace = workspaceWith({
      'prompts/z/b.md': '',
      'policies/b.yaml': '',
      'policies/a.yml': '',
      'policies/notes.txt': '',
      'policies/inner/c.yaml': '',
      'plugins/p/index.js': 'x',
      'config.yaml': '',
    });
    expect(paths(workspace)).toEqual([
      '.tinycode/policies/a.yml',
      '.tinycode/policies/b.yaml',
      '.tinycode/plugins/p/index.js',
      '.tinycode/prompts/z/b.md',
    ]);
  });

  it('gives another hash for every other byte', () => {
    const one = listWorkspaceFiles(workspaceWith({ 'prompts/a': 'x' })).files[0]?.sha256;
    const two = listWorkspaceFiles(workspaceWith({ 'prompts/a': 'x\n' })).files[0]?.sha256;
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(one).not.toBe(two);
  });

  it('leaves links out and says so', () => {
    const workspace = workspaceWith({ 'plugins/real.js': '' });
    symlinkSync('/etc/passwd', join(workspace, '.tinycode', 'plugins', 'link.js'));
    symlinkSync('/etc', join(workspace, '.tinycode', 'prompts'));
    const listed = listWorkspaceFiles(workspace);
    expect(listed.files.map(({ path }) => path)).toEqual(['.tinycode/plugins/real.js']);
    expect(listed.warnings).toEqual([
      '.tinycode/plugins/link.js is a symbolic link; it is left out.',
      '.tinycode/prompts leads out of the workspace; it is left out.',
    ]);
  });

  it('bounds count and size and says so', () => {
    const many = Object.fromEntries(
      Array.from({ length: MAX_FILES + 5 }, (_, index) => [`prompts/${index % 3}/${index}`, '']),
    );
    const listed = listWorkspaceFiles(workspaceWith(many));
    expect(listed.files).toHaveLength(MAX_FILES);
    expect(listed.warnings).toEqual(['More files than can be asked about: the rest is left out.']);
    const big = listWorkspaceFiles(workspaceWith({ 'plugins/b': 'x'.repeat(MAX_FILE_BYTES + 1) }));
    expect(big.files).toEqual([]);
    expect(big.warnings[0]).toContain('bigger than 1024 KiB');
  });
});
