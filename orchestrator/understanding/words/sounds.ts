import { doubleMetaphone } from 'double-metaphone';

/** Words of the catalogue that sound like a word, in English (Double Metaphone, Philips 2000): "condishoner". */
export type SoundingLike = (word: string) => readonly string[];

/** From so many letters on a word has a sound of its own. */
const shortest = 6;
/** Shorter ones are of too many words; letters of other scripts have none at all. */
const shortestSound = 3;

export function createSounds(forms: Iterable<string>): SoundingLike {
  const bySound = new Map<string, string[]>();
  for (const form of forms) {
    if (form.length < shortest || /\d/.test(form)) continue;
    const [sound] = doubleMetaphone(form);
    if (sound.length < shortestSound) continue;
    const same = bySound.get(sound);
    if (same) same.push(form);
    else bySound.set(sound, [form]);
  }
  return (word) => (word.length < shortest ? [] : (bySound.get(doubleMetaphone(word)[0]) ?? []));
}
