/** Words of a request that say nothing about items. */
export const fillerWords: ReadonlySet<string> = new Set(
  `a about after again against ah all already also am an and another any anything are as ask at
  be because been before best better both bought buy buying but by
  can could did do does doing don't else
  few find first for found from
  get getting gift give go going good got great
  had has have having hello help hey hi him her his how
  i i'd i'll i'm i've if in into is it it's its
  just kind know
  last like liked likes little look looking lot love loved
  made make many maybe me might mine more most much must my
  need needed needs new next nice no not now
  of off oh ok okay on one ones only or order ordered other our out over own
  perhaps please product products purchase purchased
  really recently recommend recommendation recommendations
  said same say search see shall she he should show so some somebody someone something soon such suggest suggestion suggestions
  take tell than thank thanks that that's the their them then there these they thing things think this those to today too tried try
  under up us use used using
  very
  want wanted wants was we well went were what what's when where which while who why will wish with without would
  yes yesterday yet you you'd you've your`.split(/\s+/),
);
