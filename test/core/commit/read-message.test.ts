import { describe, expect, it } from 'vitest';
import {
  MOST_SUBJECT,
  readMessage,
  shortenSubject,
  textOfMessage,
} from '../../../src/core/commit/read-message.ts';
import { fc } from '../../support/fc.ts';

const GOOD =
  'Round each line of an invoice\n\nThe cart does so, and both have to come to the same.';
const SIGNS = fc.constantFrom(...'aZ \n\r`"*:#-.…é', '```', '<think>', 'Here is ');
const LONG =
  'Round each line of an invoice before it is added, as the cart has done for a long time now';

describe('what a model wrote as a commit message', () => {
  it.each([
    ['as it should be', GOOD],
    ['in a fence', `\`\`\`\n${GOOD}\n\`\`\``],
    [
      'in a fence, with words around it',
      `Sure! Here it is:\n\n\`\`\`text\n${GOOD}\n\`\`\`\nLet me know!`,
    ],
    ['in a fence, below any line with a colon', `What changes:\n\`\`\`\n${GOOD}\n\`\`\``],
    ['after “Here it is”', `Here it is:\n\n${GOOD}`],
    ['in a fence that does not end', `\`\`\`\n${GOOD}`],
    ['with an introduction', `Here is a commit message for your changes:\n\n${GOOD}`],
    ['with a polite word', `Certainly!\n\n${GOOD}`],
    ['under a heading', `**Commit message:**\n\n${GOOD}`],
    ['with labels', GOOD.replace('Round', 'Subject: Round').replace('The cart', 'Body: The cart')],
    ['with a label of two words', `Commit message: ${GOOD}`],
    ['with a subject in quotes', GOOD.replace(/^(.*)$/m, '"$1"')],
    ['with a subject in bold', GOOD.replace(/^(.*)$/m, '**$1**')],
    ['as a heading', `# ${GOOD}`],
    ['with a full stop', GOOD.replace('invoice\n', 'invoice.\n')],
    ['after its thoughts', `<think>\nIt rounds.\n</think>\n\n${GOOD}`],
    ['with a last word', `${GOOD}\n\nLet me know if it should be shorter.`],
    ['with an explanation', `${GOOD}\n\nThis commit message says what changes.`],
    ['with the line ends of another system', GOOD.replaceAll('\n', '\r\n')],
  ])('is read %s', (_, answer) => {
    const { message, problem } = readMessage(answer);
    expect(problem).toBeNull();
    expect(textOfMessage(message)).toBe(GOOD);
  });

  it('may have no body, or one that follows at once', () => {
    expect(readMessage('Round each line\n').message).toEqual({
      subject: 'Round each line',
      body: '',
    });
    expect(readMessage('Round each line\nAs the cart does.').message.body).toBe(
      'As the cart does.',
    );
  });

  it('has a body in lines that nothing breaks, but for what is no prose', () => {
    const prose = 'word '.repeat(40).trim();
    const url = `https://example.org/${'x'.repeat(90)}`;
    const { body } = readMessage(`Do it\n\n${prose}\n- ${prose}\n${url}\n    ${prose}`).message;
    const rows = body.split('\n');
    expect(rows.slice(0, 6).every((row) => row.length <= 72)).toBe(true);
    expect(rows[3]).toMatch(/^- word/);
    expect(rows[4]).toMatch(/^ {2}word/);
    expect(rows).toContain(url);
    expect(rows.at(-1)).toBe(`    ${prose}`);
  });

  it('keeps what only looks like noise', () => {
    for (const subject of [
      'Okay-ify the tests',
      'Say "yes" or "no"',
      'Heed the rest…',
      'fix(a): b',
    ]) {
      expect(readMessage(subject)).toEqual({ message: { subject, body: '' }, problem: null });
    }
    expect(readMessage(`${GOOD}\n\n- one\n- two`).message.body).toContain('- one\n- two');
    const withCode = `Add a way to run it\n\nUse it so:\n\n\`\`\`\nnpm start\n\`\`\``;
    expect(readMessage(withCode).message.subject).toBe('Add a way to run it');
  });

  it('wants another try where there is none, or where its first line is too long', () => {
    for (const answer of ['', '\n\n', '```\n```', 'Sure!', 'Here is the message:']) {
      expect(readMessage(answer).problem).toBe('There is no message in that.');
    }
    expect(readMessage(LONG).problem).toContain(`at most ${MOST_SUBJECT}`);
  });

  it('is shortened at a word, and says all of it below', () => {
    const short = shortenSubject(readMessage(LONG).message);
    expect(short.subject).toBe(
      'Round each line of an invoice before it is added, as the cart has done…',
    );
    expect(short.body.split('\n')).toHaveLength(2);
    expect(short.body.replace('\n', ' ')).toBe(LONG);
    expect(shortenSubject({ subject: 'x'.repeat(99), body: 'b' }).subject).toHaveLength(
      MOST_SUBJECT,
    );
  });

  it('never comes to a first line that is too long, or to more than one', () => {
    fc.assert(
      fc.property(fc.string({ unit: SIGNS, maxLength: 400 }), (answer) => {
        const { subject } = shortenSubject(readMessage(answer).message);
        expect(subject.length).toBeLessThanOrEqual(MOST_SUBJECT);
        expect(subject).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
