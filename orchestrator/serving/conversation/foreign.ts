/** Small words of languages that shops hear often, none of them English. */
const foreign = new Set(
  `ich suche für mit ohne aber kein keine keinen und oder nicht eine einen der das ein bitte brauche möchte
  je cherche pour avec sans mais pas une des les et ou du voudrais besoin
  busco para con pero una unos los las quiero necesito por favor sin
  cerco per senza ma non il gli vorrei ho bisogno
  ik zoek voor zonder maar geen het een niet graag
  procuro com sem mas não uma preciso quero
  szukam dla bez ale nie chcę potrzebuję`.split(/\s+/),
);
const english = new Set(
  `a an the i we you my me for with without but not no and or of to in is are it any some something need want
  looking show please under over have bought like from by that this what which`.split(/\s+/),
);

/** Whether a text is in another language than English, by its small words or its script. */
export function isForeign(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{M}']+/gu) ?? [];
  const count = (known: ReadonlySet<string>) => words.filter((word) => known.has(word)).length;
  const otherScript = words.filter((word) => !/\p{Script=Latin}/u.test(word)).length;
  return 2 * otherScript > words.length || count(foreign) > count(english);
}
