/**
 * Comments that describe code which is not there: `(the loop stays the same as before)`. Real
 * comments sound alike, so a sentence counts only where it says nothing else from end to end.
 */

/** `sure`: it speaks of code. `likely`: it may, where code was taken away beside it. */
export type Absence = 'sure' | 'likely' | null;

export function absenceIn(comment: string): Absence {
  const said = ofText(comment);
  if (said !== null) return said;
  // What stands in brackets may only list what is meant: the methods (confirm, cancel) stay.
  const bare = comment.replace(/\([^()]*\)/g, ' ');
  const unlisted = bare === comment || bare.trim() === '' ? null : ofText(bare);
  if (unlisted !== null) return unlisted;
  // A comment that goes on from nothing: `... then the checks of before`.
  return /^(?:\.{3,}|…)\s*[\p{L}\d]/u.test(comment) && comment.length <= MAX_LENGTH
    ? 'likely'
    : null;
}

function ofText(comment: string): Absence {
  const plain = comment
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/^[^\p{L}\p{N}_]*(?:(?:todo|note|nb|n\.b\.)\b[:\s]*)?/u, '')
    .replace(/[`'"*()[\]{}<>]+/g, ' ')
    .replace(/\.{3,}|…/g, ' ')
    .replace(/\s*(?:-+|–|—|:)(?:\s+|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '' || plain.length > MAX_LENGTH) return null;
  const clauses = plain
    .split(/\s*[,;.!]+(?:\s+|$)|\s+(?:and|but) (?=(?:all|everything|nothing|the (?:rest|other))\b)/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && clause !== 'etc');
  const kinds = clauses.map(ofClause);
  if (kinds.length === 0 || kinds.includes(null)) return null;
  return kinds.includes('sure') ? 'sure' : 'likely';
}

const MAX_LENGTH = 160;

/** What hardly means anything but code. */
const CODE =
  '(?:(?:(?:if|else|for|while|do|try|switch|case|with) )?(?:loops?|(?:code )?blocks?|branch(?:es)?|statements?|bod(?:y|ies))|code|codebase|functions?|methods?|implementations?|loops?|(?:code )?blocks?|bod(?:y|ies)|logic|imports?|class(?:es)?|constructors?|getters?|setters?|exports?|declarations?|definitions?|statements?|boilerplate|try(?: block)?|switch|branch(?:es)?|if|else|for|while)';
/** What may be code, and may be what the code works on. */
const THING =
  '(?:files?|modules?|components?|scripts?|contents?|lines?|fields?|members?|props|properties|tests?|cases?|routes?|handlers?|entries|items|keys|options|rules|styles|sections?|settings|services|config(?:uration)?|setup|init(?:ialization)?|markup|text|documents?|types?|variables|helpers|endpoints|fixtures|steps|jobs|rows|columns|queries|query|structs?|interfaces?|enums?|program|template|parts?|things?|checks?|validation|handling|error handling|calls?|elements?|attributes|arguments|parameters|values?|stuff|work|page|layout|tables?|selectors)';
const REST =
  '(?:rest|remainder|everything(?: else)?|all(?: else)?|nothing else|anything else|the others|others)';
const NAME =
  '(?!(?:is|are|was|were|be|has|have|will|must|can|should|may|if|when|not|to|so|we|it|they|that|which|whose|because|since|until|unless|while) )[\\w.$#/-]+';
const THE =
  '(?:the|this|that|these|those|your|my|our|its|all|all of the|all the|both|each|every|any|of)';
const OLD =
  '(?:rest of|existing|remaining|unchanged|original|previous|prior|old|current|other|same|actual|usual|unmodified|additional|more|further|subsequent|preceding|following)';
const OF = `(?: (?:of|in|for|inside|within)(?: ${THE})*(?: ${NAME}){1,3}?)`;

const SAME =
  '(?:(?:exactly |completely |entirely |all )?(?:the same|same|unchanged|untouched|unmodified|unaltered|unedited|identical|intact|as[ -]is|as it (?:is|was)|as they (?:are|were)|as (?:before|above|previously|earlier|originally|written|in the original)|like before)(?: (?:as|to|from|like|with) (?:in )?(?:the |it was |they were )?(?:before|above|original(?:ly)?(?: (?:file|code|version|implementation))?|previous(?:ly)?(?: (?:one|version|code|implementation))?|earlier|existing(?: one| code)?|current(?: one)?|old(?: one| code)?))?)';
const GONE =
  '(?:omitted|elided|truncated|skipped|snipped|removed for brevity|left out|not shown|not repeated|not included|hidden|cut|abbreviated|trimmed|collapsed)';
const THERE = '(?:goes|go|continues?|follows?|belongs?|comes?|resumes?|stands?)';
const WHERE =
  '(?: (?:here|below|above|there|for brevity|for clarity|for now|from here(?: on)?|in (?:this|the) (?:file|class|function|method|original)|as (?:before|above|is|usual)|exactly as (?:before|is|it was)|too|again|of course))';
const STAY =
  '(?:(?:is|are|was|were|be|been|stays?|remains?|keeps?|kept|left|has been|have been|should (?:be|stay|remain)|will (?:be|stay|remain)|must (?:stay|remain)|still)(?: (?:kept|left|still|all))?)';
const PREDICATE = `(?:(?:${STAY} )?(?:${SAME}|${GONE})|${THERE}(?: ${SAME})?|(?:stays?|remains?|kept)(?: here)?|(?:has|have|had|needs?) no changes?|(?:does|do|did) not change|(?:doesn't|don't|didn t|doesn t|don t) change|not (?:changed|modified|touched|affected)|(?:is|are|was|were) not (?:changed|modified|touched|affected|shown|repeated|included)|here)`;

const whole = (text: string): RegExp => new RegExp(`^${text}$`);

const SURE: readonly RegExp[] = [
  // the loop stays the same as before; other methods unchanged; process() method: as above
  whole(`(?:${THE} )*(?:${NAME} ){0,3}?${CODE}${OF}? ${PREDICATE}${WHERE}*`),
  // the rest of the file remains as is; everything else unchanged
  whole(`(?:and )?(?:${THE} )*${REST}${OF}? ${PREDICATE}${WHERE}*`),
  // rest of the class
  whole(
    `(?:and )?(?:${THE} )*(?:rest|remainder)(?: of (?:${THE} )*(?:${NAME} ){0,2}(?:${CODE}|${THING}))?${WHERE}*`,
  ),
  // existing code, previous code, original implementation
  whole(
    `(?:${THE} )*${OLD} (?:${NAME} )?(?:code|implementation|logic|(?:function |method |loop |class )?bod(?:y|ies)|methods|functions|imports|declarations|definitions|statements)${OF}?(?: here| below| above| for brevity)*`,
  ),
  whole(`(?:${THE} )*${OLD} (?:${NAME} ){0,2}(?:${CODE}|${THING})${OF}? ${PREDICATE}${WHERE}*`),
  // keep the rest as is; leave everything else untouched
  whole(
    `(?:please )?(?:keep|leave|retain|preserve|insert|put|paste|add|include|copy)s? (?:${THE} )*(?:${OLD} )?(?:${NAME} ){0,2}?(?:${REST}|${CODE})${OF}?(?: ${SAME}| alone| here)?${WHERE}*`,
  ),
  // your code here, implementation goes here
  whole(`(?:${THE} )*(?:${NAME} )?(?:code|implementation|logic|body) (?:goes |continues )?here`),
  // no changes here; nothing changes here; no other changes
  whole(
    `(?:there are )?no (?:other |further |more )?(?:code )?changes?(?: (?:are |were )?(?:needed|required|made|necessary))?(?: (?:to|in) (?:${THE} )*(?:${NAME} )?(?:${CODE}|${THING}|rest))?${WHERE}*`,
  ),
  whole(
    `nothing (?:else )?(?:changes|changed|has changed|to change|is changed|needs to change)${WHERE}*`,
  ),
  // omitted for brevity, snip
  whole(`(?:${THE} )*(?:${NAME} ){0,3}?${GONE} for (?:brevity|clarity|readability|space)`),
  whole(
    '(?:snip|snipped|truncated|omitted|elided|and so on|blah(?: blah)*|continues|continued|to be continued)',
  ),
  // 12 lines omitted; 3 more methods
  whole(
    `\\d+ (?:more |other |further )?(?:unchanged |identical )?(?:lines?(?: of code)?|methods?|functions?)(?: (?:are )?(?:${GONE}|${SAME}|here))?`,
  ),
];

const LIKELY: readonly RegExp[] = [
  whole(`(?:(?:it|this|that|these|they|and|all) )?${PREDICATE}${WHERE}*`),
  whole(`(?:${SAME}|${GONE})${WHERE}*`),
  whole(`(?:${THE} )*(?:${NAME} ){0,3}?${THING}${OF}? ${PREDICATE}${WHERE}*`),
  whole(`(?:${THE} )*(?:${OLD} )(?:${NAME} ){0,2}(?:${CODE}|${THING})${OF}?`),
  whole(`(?:${THE} )*(?:${NAME} ){1,3}?(?:${STAY} )?(?:${SAME}|${GONE})${WHERE}*`),
  // keep existing styles; preserve all current options
  whole(
    `(?:please )?(?:keep|leave|retain|preserve|reuse|copy|include|add)s? (?:${THE} )*(?:${OLD} )+(?:${NAME} ){0,2}?(?:${CODE}|${THING})${OF}?(?: ${SAME}| alone| here)?${WHERE}*`,
  ),
  whole(`same (?:${NAME} ){0,2}(?:${CODE}|${THING})? ?as (?:in )?(?:the )?${NAME}(?: ${NAME})?`),
  whole(`(?:see|refer to|cf) (?:${THE} )*(?:above|below|original|previous)(?: ${NAME})?`),
  whole('(?:ditto|idem|etc|more|others?)'),
];

function ofClause(clause: string): Absence {
  if (SURE.some((shape) => shape.test(clause))) return 'sure';
  return LIKELY.some((shape) => shape.test(clause)) ? 'likely' : null;
}
