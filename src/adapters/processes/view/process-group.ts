import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Ends all that a process has started: its group and, on Linux, its session, as programs like
 * `timeout` and shells with job control make groups of their own. Who leaves the session as well
 * (a daemon) gets away; only a sandbox keeps that.
 */
export async function endGroup(leader: number, graceMs: number): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return;
  const polls = Math.ceil(graceMs / POLL_MS);
  for (let poll = 0; poll < polls; poll++) {
    await sleep(POLL_MS);
    if (!isThere(leader)) return;
  }
  // Again and again: what is killed may have started more in the meantime.
  for (let poll = 0; poll < MAX_KILLS && signalGroup(leader, 'SIGKILL'); poll++) {
    await sleep(POLL_MS);
  }
}

const POLL_MS = 10;
const MAX_KILLS = 200;

/** Whether there was anybody to hear it. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  const members = membersOf(leader);
  if (members === null) return send(-leader, signal);
  if (members.length === 0) return false;
  // The group at once, so that none of it forks away between two signals.
  send(-leader, signal);
  for (const pid of members) send(pid, signal);
  return true;
}

function isThere(leader: number): boolean {
  const members = membersOf(leader);
  return members === null ? send(-leader, 0) : members.length > 0;
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Null where there is no /proc. A dead one that nobody has fetched yet does not count. */
function membersOf(leader: number): readonly number[] | null {
  let names: readonly string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return null;
  }
  if (names.length === 0) return null;
  return names.map(Number).filter((pid) => belongsTo(pid, leader));
}

function belongsTo(pid: number, leader: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return !/[ZXx]/.test(state) && (Number(group) === leader || Number(session) === leader);
  } catch {
    return false;
  }
}
