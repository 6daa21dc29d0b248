/**
 * What somebody typed, as the words to look for. Marks alone find nothing and are left out, so that the list does
 * not go empty between "2026" and "2026-1"; what marks join stays one word, whose parts must follow each other. Upper
 * and lower case are left to the index, which folds both sides alike.
 */
export function wordsOf(text: string): readonly string[] {
  const words = text.split(/[\s\p{Cc}]+/u)
  return [...new Set(words.filter(word => /[\p{L}\p{N}]/u.test(word)))]
}
