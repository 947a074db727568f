import { describe, expect, it } from 'vitest';
import {
  arrangePlaces,
  type Ground,
  type Place,
} from '../../../../src/adapters/processes/cage/arrange-places.ts';
import { isWithin } from '../../../../src/adapters/processes/cage/within.ts';
import { fc } from '../../../support/fc.ts';

const shown = (at: string, from = at): Place => ({ kind: 'shown', at, from });
const open = (at: string, from = at): Place => ({ kind: 'open', at, from });
const scratch = (at: string): Place => ({ kind: 'scratch', at });
const hidden = (at: string, isFolder = true): Place => ({ kind: 'hidden', at, isFolder });
const link = (at: string, target: string): Place => ({ kind: 'link', at, target });
const brief = (ground: Ground, places: readonly Place[]) =>
  arrangePlaces(ground, places).map(({ kind, at }) => `${kind} ${at}`);

describe('the places of a cage', () => {
  it('stand in the order in which one can be laid upon the other', () => {
    const places = [
      open('/home/u/shop'),
      shown('/home/u/.nvm'),
      scratch('/home/u'),
      scratch('/tmp'),
    ];
    expect(brief('disk', places)).toEqual([
      'scratch /home/u',
      'shown /home/u/.nvm',
      'open /home/u/shop',
      'scratch /tmp',
    ]);
  });

  it('keep a workspace that lies below a temporary folder', () => {
    expect(brief('disk', [open('/tmp/shop'), scratch('/tmp')])).toEqual([
      'scratch /tmp',
      'open /tmp/shop',
    ]);
  });

  it('are left out where the disk shows them anyway', () => {
    expect(brief('disk', [shown('/usr'), shown('/opt/tool'), link('/bin', '/usr/bin')])).toEqual(
      [],
    );
    expect(brief('nothing', [shown('/usr'), shown('/usr/bin'), link('/bin', '/usr/bin')])).toEqual([
      'link /bin',
      'shown /usr',
    ]);
  });

  it('are shown where something else lies at that path on the disk', () => {
    expect(brief('disk', [shown('/a/b', '/c')])).toEqual(['shown /a/b']);
    expect(brief('nothing', [shown('/a', '/x'), shown('/a/b', '/x/b')])).toEqual(['shown /a']);
  });

  it('hide nothing where nothing is to be seen, and hide it where it is', () => {
    const secret = hidden('/home/u/.ssh');
    expect(brief('disk', [scratch('/home/u'), secret])).toEqual(['scratch /home/u']);
    expect(brief('nothing', [secret])).toEqual([]);
    expect(brief('disk', [open('/home/u'), secret])).toEqual([
      'open /home/u',
      'hidden /home/u/.ssh',
    ]);
  });

  it('hold fast the folders on the way to what is hidden, each of them once', () => {
    const secrets = [hidden('/w/.config/gh'), hidden('/w/.config/a/b'), hidden('/w/.ssh')];
    expect(arrangePlaces('disk', [open('/w', '/copy'), ...secrets])).toEqual([
      open('/w', '/copy'),
      open('/w/.config', '/copy/.config'),
      open('/w/.config/a', '/copy/.config/a'),
      hidden('/w/.config/a/b'),
      hidden('/w/.config/gh'),
      hidden('/w/.ssh'),
    ]);
    expect(brief('disk', [open('/'), hidden('/home/u/.ssh')])).toEqual([
      'open /',
      'open /home',
      'open /home/u',
      'hidden /home/u/.ssh',
    ]);
  });

  it('make a folder of an empty one in an empty one', () => {
    expect(brief('disk', [hidden('/home'), scratch('/home/u')])).toEqual([
      'hidden /home',
      'folder /home/u',
    ]);
  });

  it('let the last of several at one path hold', () => {
    expect(brief('disk', [hidden('/a'), open('/a')])).toEqual(['open /a']);
    expect(brief('disk', [open('/a'), hidden('/a')])).toEqual(['hidden /a']);
  });

  it('do not take a name that only begins alike for something below', () => {
    expect(brief('nothing', [shown('/a'), shown('/ab'), shown('/a-b'), shown('/a/c')])).toEqual([
      'shown /a',
      'shown /a-b',
      'shown /ab',
    ]);
  });

  it('come out the same for every path, whatever was left out', () => {
    fc.assert(
      fc.property(fc.constantFrom<Ground>('disk', 'nothing'), somePlaces, (ground, places) => {
        const arranged = arrangePlaces(ground, places);
        arranged.forEach(({ at }, index) => {
          for (const later of arranged.slice(index + 1)) expect(isWithin(at, later.at)).toBe(false);
        });
        for (const path of SAMPLES) {
          expect(seen(ground, arranged, path)).toBe(seen(ground, lastOfEach(places), path));
        }
      }),
    );
  });
});

const names = fc.constantFrom('a', 'b', 'c');
const somePath = fc.array(names, { minLength: 1, maxLength: 4 }).map((all) => `/${all.join('/')}`);
const somePlaces = fc.array(
  fc.tuple(fc.constantFrom('shown', 'open', 'scratch', 'hidden'), somePath).map(([kind, at]) => {
    if (kind === 'shown') return shown(at);
    if (kind === 'open') return open(at);
    return kind === 'scratch' ? scratch(at) : hidden(at);
  }),
  { maxLength: 8 },
);
const SAMPLES = ['/a', '/a/b', '/a/b/c', '/a/b/c/a', '/a/b/c/a/x', '/b', '/b/b/b', '/c/a', '/c/x'];

const lastOfEach = (places: readonly Place[]) =>
  [...new Map(places.map((place) => [place.at, place])).values()].sort(
    (one, other) => one.at.split('/').length - other.at.split('/').length,
  );

/** What is found at a path: the disk for reading or writing, or nothing of it. */
function seen(ground: Ground, places: ReturnType<typeof arrangePlaces>, path: string): string {
  let what = ground === 'disk' ? 'read' : 'nothing';
  for (const { kind, at } of places) {
    if (!isWithin(path, at)) continue;
    if (kind === 'open') what = 'write';
    // What is shown adds nothing to what may be written.
    if (kind === 'shown' && what !== 'write') what = 'read';
    if (kind === 'scratch' || kind === 'hidden') what = 'nothing';
  }
  return what;
}
