import { lstatSync } from 'node:fs';
import { fail, ok } from '../../core/result.ts';
import type { Image, Result } from '../../core/types.ts';
import type { FileChange } from '../../ports.ts';
import { addAs } from './add.ts';
import type { Batch, Temporary } from './batch.ts';
import { changed, failureOf, nameOf } from './failures.ts';
import type { Place } from './held-folder.ts';
import { type Held, hold, isSame, release } from './hold.ts';
import { fullBudget, sha256Of } from './read-held.ts';
import { replaceHeld } from './replace.ts';
import { linkTemporary, writeTemporary } from './temporary.ts';

export function putFile(batch: Batch, change: FileChange & { readonly kind: 'put' }): Result<void> {
  const { before, after, bytes } = change;
  // The last look before the disk: exactly what was approved.
  if (bytes.length !== after.size || sha256Of(bytes) !== after.hash) {
    return fail('invalid', `The bytes for ${after.path} are not the ones that it is to have.`);
  }
  const content = { bytes, mode: after.mode };
  return put(batch, before, after, (place, held) => {
    const like = held?.image.kind === 'file' ? held.stats : null;
    const staged = batch.staged(place, after.hash, like);
    return staged === null ? writeTemporary(batch, place, content, like) : ok(staged);
  });
}

export function putLink(
  batch: Batch,
  { before, after }: FileChange & { readonly kind: 'put-link' },
): Result<void> {
  if (after.target === '' || after.target.includes('\0')) {
    return fail('invalid', `A link cannot lead to “${after.target}”.`);
  }
  return put(batch, before, after, (place) => linkTemporary(batch, place, after.target));
}

type Make = (place: Place, held: Held | null) => Result<Temporary>;

function put(batch: Batch, before: Image, after: Image, make: Make): Result<void> {
  if (before.path !== after.path) {
    return fail('invalid', `${before.path} and ${after.path} are two names for one change.`);
  }
  const place = batch.walk.place(after.path);
  if (!place.ok) return place;
  if (before.kind === 'absent') return putNew(batch, place.value, make);
  return withHeld(place.value, before, (held) => {
    if (held.image.kind !== 'file' && held.image.kind !== 'link') return inTheWay(held.image);
    const temporary = make(place.value, held);
    return temporary.ok ? replaceHeld(batch, place.value, held, temporary.value) : temporary;
  });
}

function putNew(batch: Batch, place: Place, make: Make): Result<void> {
  try {
    // Only to say so early: the link that gives the name is what decides.
    if (lstatSync(place.at, { throwIfNoEntry: false }) !== undefined) {
      return changed(place.path, 'something lies there by now');
    }
  } catch (error) {
    return failureOf(error, 'failed', `${place.path} cannot be made`);
  }
  const temporary = make(place, null);
  return temporary.ok ? addAs(batch, temporary.value, place) : temporary;
}

/** Holds what lies at a place while `act` works on it, where it is what it should be. */
export function withHeld(
  place: Place,
  before: Image,
  act: (held: Held) => Result<void>,
): Result<void> {
  const held = hold(place, fullBudget());
  if (!held.ok) return held;
  try {
    const { image } = held.value;
    if (image.kind === 'other') return untouchable(image);
    if (isSame(before, image)) return act(held.value);
    const [wanted, found] = [nameOf(before), nameOf(image)];
    return changed(place.path, `${found} lies there, not ${wanted}`, { wanted, found });
  } finally {
    release(held.value);
  }
}

const inTheWay = (image: Image) =>
  fail('invalid', `${image.path} is ${nameOf(image)}: it has to be removed first.`);

const untouchable = (image: Image) =>
  fail('denied', `${image.path} is ${nameOf(image)}, and TinyCode does not touch that.`, {
    hint: 'Change it yourself, or name another path.',
  });
