import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorkspaceWriter } from '../../../src/adapters/workspace/workspace-writer.ts';
import { temporaryFolder } from '../../support/files.ts';

describe('a move that was killed half-way', () => {
  it('is taken back: the file keeps its old name alone', () => {
    const workspace = temporaryFolder();
    mkdirSync(join(workspace, 'docs'));
    writeFileSync(join(workspace, 'a.txt'), 'a');
    linkSync(join(workspace, 'a.txt'), join(workspace, 'docs/b.txt'));
    const writer = createWorkspaceWriter({ workspace });
    const swept = writer.sweep('step-1', ['a.txt', 'docs/b.txt']);
    expect(swept).toEqual({ ok: true, value: ['docs/b.txt'] });
    expect(readFileSync(join(workspace, 'a.txt'), 'utf8')).toBe('a');
    expect(readdirSync(join(workspace, 'docs'))).toEqual([]);
  });

  it('is not seen in files that merely have several names, or in different files', () => {
    const workspace = temporaryFolder();
    writeFileSync(join(workspace, 'a.txt'), 'a');
    writeFileSync(join(workspace, 'b.txt'), 'a');
    linkSync(join(workspace, 'a.txt'), join(workspace, 'elsewhere.txt'));
    const writer = createWorkspaceWriter({ workspace });
    expect(writer.sweep('step-1', ['a.txt', 'b.txt'])).toEqual({ ok: true, value: [] });
    expect(readdirSync(workspace).sort()).toEqual(['a.txt', 'b.txt', 'elsewhere.txt']);
  });
});
