import type { AuditHead, Hashing } from '../../ports.ts';
import type { EpochKeys } from './audit-keys.ts';

/** A statement about where the log stands, to be kept elsewhere. */
export function signHead(
  newest: { readonly sequence: number; readonly hash: string },
  now: string,
  keys: Pick<EpochKeys, 'epoch' | 'publicKey' | 'sign'>,
  canonical: Hashing['canonical'],
): AuditHead {
  const { sequence, hash } = newest;
  const { epoch, publicKey } = keys;
  const unsigned = { sequence, hash, epoch, timestamp: now, publicKey };
  return { ...unsigned, signature: keys.sign(canonical(unsigned)) };
}
