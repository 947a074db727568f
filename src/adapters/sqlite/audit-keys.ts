import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/** What one epoch signs and authenticates with. */
export type EpochKeys = {
  readonly epoch: number;
  readonly publicKey: string;
  sign(text: string): string;
  /** Short, as only somebody who can ask for it again and again could guess it. */
  mac(sequence: number, hash: string): string;
  /** One line, of one length for every epoch, so that the next one overwrites it whole. */
  readonly text: string;
};

export function generateKeys(epoch: number): EpochKeys {
  const { privateKey } = generateKeyPairSync('ed25519');
  return keysOf(epoch, privateKey, randomBytes(32));
}

/** Null where the text is not that of a key. */
export function readKeys(text: string): EpochKeys | null {
  const found = /^(\d{14}) ([0-9a-f]{96}) ([0-9a-f]{64})\n$/.exec(text);
  if (found === null) return null;
  const [, epoch = '', key = '', secret = ''] = found;
  try {
    const der = Buffer.from(key, 'hex');
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    return keysOf(Number(epoch), privateKey, Buffer.from(secret, 'hex'));
  } catch {
    return null;
  }
}

export function isSigned(publicKey: string, text: string, signature: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(publicKey) || !/^[0-9a-f]{128}$/.test(signature)) return false;
  try {
    const der = Buffer.from(PUBLIC_KEY_HEAD + publicKey, 'hex');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}

function keysOf(epoch: number, privateKey: KeyObject, secret: Buffer): EpochKeys {
  const der = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('hex');
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    epoch,
    publicKey: spki.toString('hex').slice(PUBLIC_KEY_HEAD.length),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex'),
    mac: (sequence, hash) =>
      createHmac('sha256', secret).update(`${sequence} ${hash}`).digest('hex').slice(0, 32),
    text: `${String(epoch).padStart(14, '0')} ${der} ${secret.toString('hex')}\n`,
  };
}

/** What stands before the 32 bytes of an Ed25519 key in its DER form. */
const PUBLIC_KEY_HEAD = '302a300506032b6570032100';
