import { uncommented } from '../../../kit/sources.ts';
import { scan } from '../../../kit/syntax.ts';
import { NODE } from '../dialect.ts';

/** The text with its comments blanked: every position stays the same. */
export function withoutComments(text: string): string {
  return uncommented(scan('', text, NODE));
}
