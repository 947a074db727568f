import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';

export const auditHead = defineCommand({
  name: 'audit head',
  family: 'audit',
  summary: 'Prints the signed head of the log, to be kept elsewhere and compared later',
  examples: ['audit head', 'audit head --json > head.json'],
  kind: 'look',
  limits: { timeoutMs: 600_000, outputBytes: 1_000_000 },
  args: {},
  async run(_args, { readers, show }) {
    const head = readers.audit.head();
    if (!head.ok) return head;
    const { sequence, hash, epoch, timestamp, publicKey, signature } = head.value;
    show({
      kind: 'fields',
      fields: [
        { name: 'sequence', value: String(sequence) },
        { name: 'hash', value: hash },
        { name: 'epoch', value: String(epoch) },
        { name: 'timestamp', value: timestamp },
        { name: 'public key', value: publicKey },
        { name: 'signature', value: signature },
      ],
    });
    show({
      kind: 'text',
      text: `Keep it where this user cannot change it, for example: git notes add -m "audit ${sequence} ${hash}". Later: audit verify --head ${hash}`,
      tone: 'dim',
    });
    return ok({ kind: 'looked', data: { ...head.value } });
  },
});
