import { statfs } from 'node:fs/promises';
import { nearestFolder } from '../nearest-folder.ts';
import { bad, fine, type Probe, warn } from '../probe.ts';

const MIB = 1024 * 1024;
/** Below this an audit record or a checkpoint may not find room, and then nothing acts. */
const TOO_LITTLE = 32 * MIB;
const LITTLE = 512 * MIB;

export const diskProbe = (state: string): Probe => ({
  check: 'disk',
  async run() {
    const folder = nearestFolder(state);
    const { bavail, bsize, files, ffree } = await statfs(folder);
    const free = bavail * bsize;
    const detail = `${amount(free)} free where state is kept (${folder}).`;
    if (files > 0 && ffree === 0) {
      return bad(`No file can be added in ${folder}: it has no inodes left.`, ROOM);
    }
    if (free < TOO_LITTLE) return bad(detail, ROOM);
    return free < LITTLE ? warn(detail, ROOM) : fine(detail);
  },
});

const ROOM = 'Make room, or set XDG_STATE_HOME to a folder on another disk.';

const amount = (bytes: number): string =>
  bytes < 1024 * MIB ? `${Math.floor(bytes / MIB)} MiB` : `${(bytes / MIB / 1024).toFixed(1)} GiB`;
