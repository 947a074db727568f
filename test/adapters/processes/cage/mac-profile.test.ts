import { describe, expect, it } from 'vitest';
import type { Place } from '../../../../src/adapters/processes/cage/arrange-places.ts';
import { cageCommand } from '../../../../src/adapters/processes/cage/cage-command.ts';
import type { Inside, Means } from '../../../../src/adapters/processes/cage/inside.ts';
import { macProfile } from '../../../../src/adapters/processes/cage/mac-profile.ts';

const inside: Inside = {
  ...{ workspace: '/Users/ada/shop', folder: '/Users/ada/shop', cwd: '/Users/ada/shop/a' },
  ...{ env: {}, hasNetwork: false, isWritable: true, isHeld: false, tempBytes: 1 },
};
const around: readonly Place[] = [
  { kind: 'scratch', at: '/private/tmp' },
  { kind: 'scratch', at: '/Users/ada' },
  { kind: 'hidden', at: '/Users/ada/shop/.env "x"', isFolder: false },
  { kind: 'shown', at: '/Users/ada/.nvm', from: '/Users/ada/.nvm' },
];
const linesOf = (more: Partial<Inside> = {}) =>
  macProfile({ ...inside, ...more }, around).split('\n');

describe('the profile for macOS', () => {
  it('closes the network, unless it was given', () => {
    expect(linesOf()).toContain('(deny network*)');
    expect(linesOf({ hasNetwork: true })).not.toContain('(deny network*)');
  });

  it('closes a home for reading before it opens tool chains and the workspace', () => {
    const lines = linesOf();
    const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
    const closed = at('(deny file-read* (subpath "/Users/ada")');
    expect(closed).toBeGreaterThan(0);
    expect(at('(allow file-read* (subpath "/Users/ada/.nvm"))')).toBeGreaterThan(closed);
    expect(at('(allow file* (subpath "/Users/ada/shop"))')).toBeGreaterThan(closed);
    expect(lines.join('\n')).not.toContain('(deny file-read* (subpath "/private/tmp")');
  });

  it('lets nothing be written but temporary folders and the workspace', () => {
    const lines = linesOf();
    const writes = lines.filter((line) => /^\(allow file(-write)?\*/.test(line));
    expect(writes).toEqual([
      expect.stringContaining('(literal "/dev/null")'),
      '(allow file-write* (subpath "/private/tmp") (subpath "/private/var/tmp"))',
      '(allow file* (subpath "/Users/ada/shop"))',
    ]);
    expect(lines.indexOf('(deny file-write*)')).toBeLessThan(lines.indexOf(writes[0] ?? ''));
    const reading = linesOf({ isWritable: false });
    expect(reading).toContain('(allow file-read* (subpath "/Users/ada/shop"))');
    expect(reading).not.toContain('(allow file* (subpath "/Users/ada/shop"))');
  });

  it('hides what is secret in the workspace last, with its name as it is', () => {
    expect(linesOf().at(-1)).toBe('(deny file* (subpath "/Users/ada/shop/.env \\"x\\""))');
  });

  it('lets nothing be opened by the services of the system', () => {
    const lines = linesOf();
    expect(lines).toContain('(deny mach-lookup)');
    expect(lines.join('\n')).not.toContain('launchservices');
  });

  it('stands for rung L2', () => {
    const none = { bwrap: null, unshare: null, setpriv: null, nsenter: null, prlimit: null };
    const others = { mount: null, mkdir: null, script: null, chmod: null, rm: null };
    const tools = { ...none, ...others, ip: null, env: '/usr/bin/env', sh: '/bin/sh' };
    const means: Means = {
      ...{ platform: 'darwin', arch: 'arm64', user: { uid: 501, gid: 20 } },
      ...{ tools: { ...tools, 'sandbox-exec': '/usr/bin/sandbox-exec' } },
      ...{ isBwrapOld: false, isUnfiltered: false, hasOwnProcesses: true },
    };
    const { argv, bytes } = cageCommand('L2', inside, means, { system: [], around });
    expect(argv.slice(0, 2)).toEqual(['/usr/bin/sandbox-exec', '-p']);
    expect(argv.at(-1)).toBe(inside.cwd);
    expect(bytes.size).toBe(0);
  });
});
