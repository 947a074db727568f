import { chmodSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTools } from '../../../../src/adapters/processes/cage/tools.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const program = (path: string): string => {
  chmodSync(put(path, '#!/bin/sh\n'), 0o755);
  return path;
};

describe('the programs that cages are made with', () => {
  it('are those of the system before those of PATH', () => {
    const { workspace } = temporaryPlaces();
    const folder = join(dirname(workspace), 'bin');
    program(join(folder, 'sh'));
    expect(findTools({ path: folder, workspace }).sh).toMatch(/^\/(usr\/)?bin\//);
  });

  it('are found through PATH where the system has none', () => {
    const { workspace } = temporaryPlaces();
    const folder = join(dirname(workspace), 'bin');
    const found = program(join(folder, 'sandbox-exec'));
    expect(findTools({ path: `none:${folder}`, workspace })['sandbox-exec']).toBe(found);
    expect(findTools({ path: '', workspace })['sandbox-exec']).toBeNull();
  });

  it('are never those that a project brings, also not through a link', () => {
    const { workspace } = temporaryPlaces();
    const bin = join(workspace, 'node_modules/.bin');
    const brought = program(join(bin, 'sandbox-exec'));
    const link = join(dirname(workspace), 'sandbox-exec');
    symlinkSync(brought, link);
    expect(findTools({ path: bin, workspace })['sandbox-exec']).toBeNull();
    expect(findTools({ path: dirname(workspace), workspace })['sandbox-exec']).toBeNull();
  });

  it('are files that can be run', () => {
    const { workspace } = temporaryPlaces();
    const folder = join(dirname(workspace), 'bin');
    put(join(folder, 'sandbox-exec'), 'text');
    put(join(folder, 'other/sandbox-exec/file'), '');
    const path = `${folder}:${folder}/other`;
    expect(findTools({ path, workspace })['sandbox-exec']).toBeNull();
  });
});
