const irregular: Record<string, string> = {
  mice: 'mouse',
  feet: 'foot',
  teeth: 'tooth',
  children: 'child',
  men: 'man',
  women: 'woman',
  people: 'person',
  geese: 'goose',
  knives: 'knife',
  wives: 'wife',
  lives: 'life',
  lens: 'lens',
  lenses: 'lens',
  buses: 'bus',
  scarves: 'scarf',
  loaves: 'loaf',
  shelves: 'shelf',
  leaves: 'leaf',
  halves: 'half',
  colours: 'color',
  colour: 'color',
  coloured: 'colored',
  grey: 'gray',
  litre: 'liter',
  litres: 'liter',
  pyjamas: 'pajama',
  jewellery: 'jewelry',
  moisturising: 'moisturizing',
  moisturiser: 'moisturizer',
  mum: 'mom',
  mums: 'mom',
};

/** A word without the ending of its plural: "candles" and "candle", "knives" and "knife" are one. */
export function stemOf(word: string): string {
  if (Object.hasOwn(irregular, word)) return irregular[word];
  if (word.length < 4) return word;
  // Harbour is harbor.
  if (/.{3}ours?$/.test(word)) return word.replace(/ours?$/, 'or');
  if (/(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|zz|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Other forms of a word that mean the same thing or its doing: grind, grinder, grinding. */
export function relatedForms(stem: string): string[] {
  const root = stem.replace(/(ing|ers?|ed)$/, '');
  const forms = new Set<string>();
  for (const base of root.length >= 3 ? [stem, root] : [stem]) {
    const single = base.replace(/([bdfgklmnprt])\1$/, '$1');
    const double = base + base.at(-1);
    for (const start of new Set([base, single, base.replace(/e$/, ''), double]))
      for (const ending of ['', 'e', 'er', 'ing', 'y', 'ed'])
        if (ending !== '' || start !== double) forms.add(start + ending);
  }
  // Of wood: wooden.
  forms.add(`${stem}en`);
  forms.delete(stem);
  return [...forms].filter((form) => form.length >= 3);
}
