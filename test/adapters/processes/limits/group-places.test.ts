import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlaces } from '../../../../src/adapters/processes/limits/group-places.ts';
import { temporaryFolder } from '../../../support/files.ts';
import { put } from '../../../support/temporary-places.ts';

/** What /proc/self says on such a machine; its cgroups lie in `root`. */
function newMachine(lines: { readonly mounts: readonly string[]; readonly own: string }) {
  const root = temporaryFolder();
  put(join(root, 'proc', 'mountinfo'), lines.mounts.join('\n').replaceAll('ROOT', root));
  put(join(root, 'proc', 'cgroup'), lines.own);
  return {
    root,
    on: (folder: string, controllers: string) =>
      put(join(root, folder, 'cgroup.subtree_control'), `${controllers}\n`),
    places: () => findPlaces(join(root, 'proc')),
  };
}

const V2 = '30 24 0:26 / ROOT rw,nosuid - cgroup2 cgroup2 rw,nsdelegate';

describe('the place for a group', () => {
  it('is the nearest one above, where the children of groups are limited', () => {
    const machine = newMachine({ mounts: [V2], own: '0::/user/me/app/shell\n' });
    machine.on('user/me/app/shell', '');
    machine.on('user/me/app', 'memory pids');
    machine.on('user/me', 'cpu memory pids');
    machine.on('user', 'pids');
    const own = join(machine.root, 'user/me/app/shell');
    expect(machine.places()).toEqual([
      place(machine.root, 'user/me/app', ['pids', 'memory', 'cpuacct'], own),
      place(machine.root, 'user/me', ['pids', 'memory', 'cpuacct'], own),
      place(machine.root, 'user', ['pids', 'cpuacct'], own),
    ]);
  });

  it('is nowhere where nothing is limited, or nothing is mounted', () => {
    const machine = newMachine({ mounts: [V2], own: '0::/a\n' });
    machine.on('a', 'cpu io');
    expect(machine.places()).toEqual([]);
    expect(newMachine({ mounts: [], own: '0::/a\n2:pids:/\n' }).places()).toEqual([]);
  });

  it('is of the old kind in the own group of each tree, also in a container', () => {
    const machine = newMachine({
      mounts: [
        '36 25 0:31 / ROOT/pi\\040ds rw - cgroup cgroup rw,pids',
        '37 25 0:32 /docker/abc ROOT/memory rw - cgroup cgroup rw,memory',
        '38 25 0:33 / ROOT/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct',
        '39 25 0:34 /elsewhere ROOT/blkio rw - cgroup cgroup rw,blkio',
      ],
      own: '9:pids:/mine\n8:memory:/docker/abc/job\n4:cpu,cpuacct:/\n3:blkio:/\n1:name=systemd:/x\n',
    });
    const at = (folder: string, controllers: readonly string[]) => ({
      version: 1,
      controllers,
      folder: join(machine.root, folder),
      own: join(machine.root, folder),
    });
    expect(machine.places()).toEqual([
      at('pi ds/mine', ['pids']),
      at('memory/job', ['memory']),
      at('cpu,cpuacct', ['cpuacct']),
    ]);
  });

  it('is never above what this process may see', () => {
    const mounts = ['30 24 0:26 /box ROOT rw - cgroup2 cgroup2 rw'];
    const machine = newMachine({ mounts, own: '0::/other\n' });
    machine.on('.', 'memory pids');
    expect(machine.places()).toEqual([]);
  });
});

const place = (root: string, folder: string, controllers: readonly string[], own: string) => ({
  version: 2,
  controllers,
  folder: join(root, folder),
  own,
});
