import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Services that listen as others on a machine do, and remember who came. */
export type Doors = {
  /** As `reach-out.py` names them. */
  readonly words: readonly string[];
  /** The names of those at which somebody came. */
  knocked(): readonly string[];
};

export type DoorName = 'tcp' | 'tcp6' | 'udp' | 'unix' | 'abstract';

/** `folder` is where the ones with a path lie. */
export async function openDoors(folder: string, word: string): Promise<Doors> {
  const came = new Set<string>();
  const words = await Promise.all([
    listen('tcp', { host: '127.0.0.1', port: 0 }, came),
    listen('tcp6', { host: '::1', port: 0 }, came),
    listen('unix', { path: join(folder, 'door.sock') }, came),
    listen('abstract', { path: `\0${word}` }, came),
    listenUdp(came),
  ]);
  return { words, knocked: () => [...came] };
}

async function listen(
  name: DoorName,
  at: { readonly path?: string; readonly host?: string; readonly port?: number },
  came: Set<string>,
): Promise<string> {
  const server = createServer((socket) => {
    came.add(name);
    socket.on('error', () => {});
    socket.end('open');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address === 'object' && address !== null) {
    return `${name}=${address.address}:${address.port}`;
  }
  return `${name}=${(at.path ?? '').replace('\0', '')}`;
}

async function listenUdp(came: Set<string>): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (_, from) => {
    came.add('udp');
    socket.send('open', from.port, from.address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void socket.close());
  return `udp=127.0.0.1:${socket.address().port}`;
}

/**
 * A service that is found at another path than the one that it was bound to: it was bound from
 * within its folder, or renamed.
 */
export async function openOddDoor(
  python: string,
  folder: string,
  way: 'relative' | 'renamed' | 'linked',
): Promise<{ readonly words: readonly string[]; knocked(): boolean }> {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const [bound, found] = [join(folder, 'bound.sock'), join(folder, 'found.sock')];
  const child = spawn(
    python,
    ['-c', SERVE, way === 'relative' ? 'found.sock' : bound, way === 'linked' ? found : ''],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text;
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  while (!said.includes('listening')) await new Promise((resolve) => setTimeout(resolve, 10));
  if (way === 'renamed') renameSync(bound, found);
  return { words: [`unix=${found}`], knocked: () => said.includes('came') };
}

const SERVE = `
import os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(5)
if sys.argv[2]:
    os.link(sys.argv[1], sys.argv[2])
os.chmod(sys.argv[1], 0o777)
print('listening', flush=True)
while True:
    c, _ = s.accept()
    print('came', flush=True)
    c.sendall(b'open')
    c.close()
`;
