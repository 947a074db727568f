import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../../../src/adapters/processes/cage/arrange-places.ts';
import { lookAround } from '../../../../src/adapters/processes/cage/surroundings.ts';
import type { Places } from '../../../../src/ports.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const look = (places: Places, more: Partial<Parameters<typeof lookAround>[0]> = {}) =>
  lookAround({ places, env: {}, uid: 1000, hasNetwork: false, ...more }).around;
const named = (places: readonly Place[], kind: Place['kind']) =>
  places.filter((place) => place.kind === kind).map(({ at }) => at);

describe('around a workspace', () => {
  it('a home is empty, unless the workspace holds it', () => {
    const places = temporaryPlaces();
    expect(named(look(places), 'scratch')).toContain(places.home);
    expect(named(look({ ...places, workspace: places.home }), 'scratch')).not.toContain(
      places.home,
    );
    const above = { ...places, workspace: dirname(places.home) };
    expect(named(look(above), 'scratch')).not.toContain(places.home);
  });

  it('what TinyCode keeps of any workspace is hidden, wherever that is', () => {
    const places = temporaryPlaces();
    const root = join(dirname(places.home), 'elsewhere');
    const moved = {
      ...places,
      state: join(root, 'state/tinycode/workspaces/shop-1'),
      config: join(root, 'config/tinycode'),
      cache: join(root, 'cache/tinycode'),
    };
    for (const path of [moved.state, moved.config, moved.cache]) put(join(path, 'file'), '');
    expect(named(look(moved), 'hidden')).toEqual(
      expect.arrayContaining([dirname(moved.state), moved.config, moved.cache]),
    );
  });

  it('no folder of programs is shown that holds what must not be seen', () => {
    const places = temporaryPlaces();
    put(join(places.state, 'bin/tool'), '');
    const path = ['/tmp', '/var/tmp', '/run', dirname(places.workspace), `${places.state}/bin`];
    const around = look(places, { env: { PATH: [...path, places.workspace].join(':') } });
    expect(named(around, 'shown')).toEqual([]);
  });

  it('names lead where they lead outside, also through links', () => {
    const around = look(temporaryPlaces(), { hasNetwork: true });
    expect(around.filter(({ at }) => at === '/etc/resolv.conf').length).toBe(
      existsSync('/etc/resolv.conf') ? 1 : 0,
    );
  });

  it('what the system keeps for root is hidden from root alone: others cannot read it', () => {
    const places = temporaryPlaces();
    expect(named(look(places, { uid: 1000 }), 'hidden')).not.toContain('/etc/shadow');
    const hidden = named(look(places, { uid: 0 }), 'hidden');
    expect(hidden.includes('/etc/shadow')).toBe(existsSync('/etc/shadow'));
    expect(hidden).not.toContain('/etc/passwd');
  });
});
